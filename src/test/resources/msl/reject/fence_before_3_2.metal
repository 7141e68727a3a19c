// version: 3.1
#include <metal_stdlib>
using namespace metal;
kernel void k(device uint* out) {
    atomic_thread_fence(mem_flags::mem_device, memory_order_relaxed);  // error: use of undeclared identifier 'atomic_thread_fence'
}
