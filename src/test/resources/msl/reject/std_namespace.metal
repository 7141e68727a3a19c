kernel void k(device float* out) {
    out[0] = std::max(1.0f, 2.0f);  // error: use of undeclared identifier 'std'
}
