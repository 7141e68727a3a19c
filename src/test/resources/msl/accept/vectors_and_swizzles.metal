// grid: 1 threads: 1
// buffer 0: float[16] = 0
// expect 0: float[16] = 4 3 2 1 5 5 7 8 3 2 1 9 10 32 6 9
#include <metal_stdlib>
using namespace metal;
kernel void k(device float* out [[buffer(0)]]) {
    float4 v = float4(1, 2, 3, 4);
    v = v.wzyx;
    out[0] = v.x; out[1] = v.y; out[2] = v.z; out[3] = v.w;
    float4 w = float4(v.xy, 7, 8);
    w.xy = float2(5);
    out[4] = w[0]; out[5] = w[1]; out[6] = w.b; out[7] = w.a;
    packed_float3 p = packed_float3(1, 2, 3);
    float3 q = p;
    q.xz = q.zx;
    out[8] = q.x; out[9] = q.y; out[10] = q.z; out[11] = 9;
    out[12] = dot(v, float4(1));
    out[13] = dot(q, float3(1, 2, 3)) + dot(q, cross(float3(1, 0, 0), float3(0, 1, 0))) + 21 + dot(q, q) - 14 + w.x - 5;
    int i = 2;
    v[i] = 6;
    out[14] = v.z;
    out[15] = max(v, float4(9)).x;
}
