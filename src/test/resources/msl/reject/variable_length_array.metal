kernel void k(device float* out, constant int& n) {
    float a[n];  // error: variable length arrays are not supported in Metal
}
