#include <metal_stdlib>
using namespace metal;
kernel void k(constant atomic_uint* a, device uint* out) {
    out[0] = atomic_load_explicit(a, memory_order_relaxed);  // error: no matching function for call to 'atomic_load_explicit'
}
