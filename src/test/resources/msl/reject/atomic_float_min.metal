#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_float* a) {
    atomic_fetch_min_explicit(a, 1.0f, memory_order_relaxed);  // error: no matching function for call to 'atomic_fetch_min_explicit'
}
