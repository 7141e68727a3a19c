#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* a) {
    a[0]++;  // error: cannot increment value of type 'atomic_uint'
}
