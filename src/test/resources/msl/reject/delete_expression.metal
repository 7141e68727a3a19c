kernel void k(device float* out) {
    delete out;  // error: 'delete' is not supported in Metal
}
