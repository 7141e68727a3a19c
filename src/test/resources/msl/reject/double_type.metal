kernel void k(device float* out) {
    double x = 1;  // error at 5: 'double' is not supported in Metal
}
