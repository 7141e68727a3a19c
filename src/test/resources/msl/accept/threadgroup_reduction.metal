// grid: 12 threads: 4
// buffer 0: float[12] = 1 2 3 4 5 6 7 8 9 10 11 12
// buffer 1: float[3] = 0
// expect 1: float[3] = 10 26 42
#include <metal_stdlib>
using namespace metal;
kernel void reduce(device const float* in [[buffer(0)]], device float* out [[buffer(1)]],
                   uint gid [[thread_position_in_grid]], uint lid [[thread_position_in_threadgroup]],
                   uint group [[threadgroup_position_in_grid]], uint size [[threads_per_threadgroup]]) {
    threadgroup float partial[64];
    partial[lid] = in[gid];
    threadgroup_barrier(mem_flags::mem_threadgroup);
    for (uint s = size / 2; s > 0; s >>= 1) {
        if (lid < s) { partial[lid] += partial[lid + s]; }
        threadgroup_barrier(mem_flags::mem_threadgroup);
    }
    if (lid == 0) { out[group] = partial[0]; }
}
