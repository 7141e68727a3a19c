kernel void k(constant float* in) {
    in[0] = 1;  // error: read-only variable is not assignable
}
