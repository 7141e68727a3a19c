// kernel: fenced
// version: 3.2
// grid: 1 threads: 1
// buffer 0: uint[1] = 1
// expect 0: uint[1] = 2
#include <metal_stdlib>
using namespace metal;
kernel void fenced(device uint* out [[buffer(0)]]) {
    out[0] += 1;
    atomic_thread_fence(mem_flags::mem_device, memory_order_seq_cst, thread_scope_device);
}
