kernel void k(device float4* out) {
    device float2* p = &out[0].xy;  // error: address of vector element requested
}
