kernel void k(device float* out) {
    constexpr float x = out[0];  // error: constexpr variable 'x' must be initialized by a constant expression
}
