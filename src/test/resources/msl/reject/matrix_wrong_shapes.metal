kernel void k(device float4* out) {
    float2x2 a;
    float3x3 b;
    auto c = a * b;  // error: invalid operands to binary expression ('float2x2' and 'float3x3')
}
