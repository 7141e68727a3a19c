#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_ulong* a) {
    ulong x = atomic_max_explicit(a, 1ul, memory_order_relaxed);  // error: cannot initialize a variable of type 'ulong' with an rvalue of type 'void'
}
