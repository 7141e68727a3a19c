kernel void k(device int* out) {
    out[0][1] = 1;  // error: subscripted value is not an array, pointer, or vector
}
