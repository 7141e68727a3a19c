kernel void k(device float4* out) {
    out[0].xx = float2(1);  // error: vector is not assignable (contains duplicate components)
}
