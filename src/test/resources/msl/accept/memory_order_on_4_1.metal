// kernel: ordered
// version: 4.1
// grid: 1 threads: 1
// buffer 0: uint[1] = 5
// expect 0: uint[1] = 6
#include <metal_stdlib>
using namespace metal;
kernel void ordered(device atomic_uint* flag [[buffer(0)]]) {
    atomic_fetch_add_explicit(flag, 1u, memory_order_acq_rel, mem_flags::mem_device);
}
