kernel void k(const device float* in) {
    in[0] = 1;  // error: read-only variable is not assignable
}
