kernel void k(device int* out) {
    out[0] = noexcept(1);  // error: the 'noexcept' operator is not supported in Metal
}
