struct S {
    uchar a : 9;  // error: width of bit-field (9 bits) is not in 1..8
};
