kernel void k(device int* out) {
    out[1.5f] = 1;  // error: array subscript is not an integer
}
