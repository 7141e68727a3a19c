// version: 3.2
#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* flag) {
    atomic_fetch_add_explicit(flag, 1, memory_order_seq_cst);  // error: no matching function for call to 'atomic_fetch_add_explicit'
}
