#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_bool* a) {
    atomic_fetch_or_explicit(a, true, memory_order_relaxed);  // error: no matching function for call to 'atomic_fetch_or_explicit'
}
