// kernel: swizzle
// grid: 1 threads: 1
// buffer 0: float[12] = 1 2 3 4 0 0 0 0 0 0 0 0
// expect 0: float[12] = 1 2 3 4 4 3 2 1 3 1 3 20
#include <metal_stdlib>
using namespace metal;
kernel void swizzle(device float4* v [[buffer(0)]]) {
    float4 a = v[0];
    v[1] = a.wzyx;
    float4 b = 0;
    b.zx = a.rb;
    b.y = a[0];
    b.xz = b.zx;
    b = float4(b.z, b.y, b.z, dot(a.xyz, float3(1, 2, 3)) + a.w + 2);
    v[2] = b;
}
