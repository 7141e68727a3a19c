#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_ulong* a) {
    atomic_store_explicit(a, 1, memory_order_relaxed);  // error: no matching function for call to 'atomic_store_explicit'
}
