kernel void k(device int* out) {
    bool b = true;
    b++;  // error: cannot increment value of type 'bool'
}
