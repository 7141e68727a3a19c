// version: 4.1
#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* flag) {
    atomic_fetch_add_explicit(flag, 1, memory_order_consume);  // error: use of undeclared identifier 'memory_order_consume'
}
