kernel void k(device float* out) {
    out[0] = x;  // error at 14: use of undeclared identifier 'x'
}
