#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* a) {
    a[0] += 1;  // error: invalid operands to binary expression ('atomic_uint' and 'int')
}
