kernel void k(device float4* out) {
    float2x2 m = float2x2(float2(1), 1, 2);  // error: no matching constructor for initialization of 'float2x2'
}
