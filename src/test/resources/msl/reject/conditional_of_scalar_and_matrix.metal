kernel void k(device float* out [[buffer(0)]]) {
    float2x2 m(1);
    auto r = out[0] > 0 ? m : 1.0f;  // error: incompatible operand types
}
