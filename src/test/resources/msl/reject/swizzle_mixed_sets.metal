kernel void k(device float4* out) {
    out[0].xg = float2(1);  // error: illegal vector component name 'g'
}
