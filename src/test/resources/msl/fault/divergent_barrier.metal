// grid: 8 threads: 8
// buffer 0: float[8] = 0
#include <metal_stdlib>
using namespace metal;
kernel void k(device float* out [[buffer(0)]], uint lid [[thread_position_in_threadgroup]]) {
    out[lid] = 1;
    if (lid < 3) {
        threadgroup_barrier(mem_flags::mem_device); // fault: thread (3, 0, 0): threadgroup_barrier is not reached
    }
    out[lid] = 2;
}
