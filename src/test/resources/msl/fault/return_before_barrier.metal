// grid: 6 threads: 6
// buffer 0: float[6] = 0
#include <metal_stdlib>
using namespace metal;
kernel void k(device float* out [[buffer(0)]], uint lid [[thread_position_in_threadgroup]]) {
    if (lid >= 5) { return; }
    out[lid] = 1;
    threadgroup_barrier(mem_flags::mem_device); // fault: thread (5, 0, 0): threadgroup_barrier is not reached
    out[lid] = 2;
}
