struct Bits {
    int low : 3;
};
kernel void k(device int* out) {
    Bits bits;
    out[0] = sizeof(bits.low);  // error at 14: invalid application of 'sizeof' to bit-field
}
