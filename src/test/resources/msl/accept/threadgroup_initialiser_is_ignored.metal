// kernel: poisoned
// grid: 2 threads: 2
// buffer 0: int[2] = 0
// expect 0: int[2] = 3 3
#include <metal_stdlib>
using namespace metal;
kernel void poisoned(device int* out [[buffer(0)]], uint i [[thread_index_in_threadgroup]]) {
    threadgroup int shared = 0;
    if (i == 0) {
        shared = 3;
    }
    threadgroup_barrier(mem_flags::mem_threadgroup);
    out[i] = shared;
}
