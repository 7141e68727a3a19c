#include <metal_stdlib>
using namespace metal;

kernel void reduction(
    const device float* values [[buffer(0)]],
    device float* sums [[buffer(1)]],
    uint index [[thread_position_in_grid]],
    uint lane [[thread_position_in_threadgroup]],
    uint group [[threadgroup_position_in_grid]]) {
    threadgroup float partial[256];
    partial[lane] = values[index];
    threadgroup_barrier(mem_flags::mem_threadgroup);
    for (uint stride = 128; stride > 0; stride >>= 1) {
        if (lane < stride) {
            partial[lane] += partial[lane + stride];
        }
        threadgroup_barrier(mem_flags::mem_threadgroup);
    }
    if (lane == 0) {
        sums[group] = partial[0];
    }
}
