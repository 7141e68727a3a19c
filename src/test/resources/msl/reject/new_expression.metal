kernel void k(device float* out) {
    auto p = new float;  // error: 'new' is not supported in Metal
}
