// kernel: reverse
// grid: 4 threads: 4
// buffer 0: int[4] = 1 2 3 4
// threadgroup 0: 16
// expect 0: int[4] = 44 33 22 11
#include <metal_stdlib>
using namespace metal;
void put(threadgroup int* where, uint i, int x) { where[i] = x; }
kernel void reverse(device int* data [[buffer(0)]], threadgroup int* scratch [[threadgroup(0)]],
                    uint i [[thread_position_in_threadgroup]], uint n [[threads_per_threadgroup]]) {
    threadgroup int tens[4];
    put(scratch, i, data[i]);
    tens[i] = data[i] * 10;
    threadgroup_barrier(mem_flags::mem_threadgroup);
    data[i] = scratch[n - 1 - i] + tens[n - 1 - i];
}
