kernel void k(device float* out) {
    float& x = out[0];  // error: reference type must have explicit address space qualifier
}
