#include <metal_stdlib>
using namespace metal;

kernel void vector_add(
    device const float* a [[buffer(0)]],
    device const float* b [[buffer(1)]],
    device float* result [[buffer(2)]],
    constant uint& count [[buffer(3)]],
    uint index [[thread_position_in_grid]])
{
    if (index >= count) return;
    result[index] = a[index] + b[index];
}

[[kernel]] [[max_total_threads_per_threadgroup(256)]] void saxpy(
    const device float4 *x, device float4 *y, constant float &k, uint3 gid [[thread_position_in_grid]]) {
    y[gid.x] = fma(float4(k), x[gid.x], y[gid.x]);
    y[gid.x].xyz = (y[gid.x].xyz * 2.0h).zyx;
}
