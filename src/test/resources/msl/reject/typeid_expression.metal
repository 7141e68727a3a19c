kernel void k(device float* out) {
    typeid(out);  // error: 'typeid' is not supported in Metal
}
