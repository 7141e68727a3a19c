#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* flag) {
    atomic_store_explicit(flag, 1, memory_order_release);  // error: use of undeclared identifier 'memory_order_release'
}
