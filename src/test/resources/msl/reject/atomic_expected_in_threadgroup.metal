#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* a, threadgroup uint* expected) {
    atomic_compare_exchange_weak_explicit(a, expected, 1, memory_order_relaxed, memory_order_relaxed);  // error: no matching function for call to 'atomic_compare_exchange_weak_explicit'
}
