#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* a, device uint* out) {
    out[0] = a[0];  // error: assigning to 'uint' from incompatible type 'atomic_uint'
}
