#include <metal_stdlib>
using namespace metal;
kernel void k(threadgroup atomic_float* a) {
    atomic_fetch_add_explicit(a, 1.0f, memory_order_relaxed);  // error: no matching function for call to 'atomic_fetch_add_explicit'
}
