kernel void k(device float* out) {
    float a[0];  // error: zero-length arrays are not permitted in C++
}
