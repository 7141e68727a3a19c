#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* a) {
    atomic_fetch_add(a, 1);  // error: use of undeclared identifier 'atomic_fetch_add'
}
