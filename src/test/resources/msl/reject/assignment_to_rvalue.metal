kernel void k(device float* out) {
    out[0] + 1 = 2;  // error: expression is not assignable
}
