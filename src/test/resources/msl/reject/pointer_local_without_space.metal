kernel void k(device float* out) {
    float* p = out;  // error at 10: pointer type must have explicit address space qualifier
}
