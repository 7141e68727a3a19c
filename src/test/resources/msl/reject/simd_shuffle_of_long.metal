#include <metal_stdlib>
using namespace metal;
kernel void k(device long* out) {
    out[0] = simd_shuffle(out[0], 1);  // error: no matching function for call to 'simd_shuffle'
}
