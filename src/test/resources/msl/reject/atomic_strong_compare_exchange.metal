#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* a) {
    uint expected = 0;
    atomic_compare_exchange_strong_explicit(a, &expected, 1, memory_order_relaxed, memory_order_relaxed);  // error: use of undeclared identifier 'atomic_compare_exchange_strong_explicit'
}
