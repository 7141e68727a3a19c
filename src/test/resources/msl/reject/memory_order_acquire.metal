#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* flag, device uint* out) {
    out[0] = atomic_load_explicit(flag, memory_order_acquire);  // error: use of undeclared identifier 'memory_order_acquire'
}
