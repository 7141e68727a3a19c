kernel void k(device float* out) {
    long long x = 1;  // error: 'long long' is not supported in Metal
}
