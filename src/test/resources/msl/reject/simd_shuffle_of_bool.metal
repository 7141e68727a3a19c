#include <metal_stdlib>
using namespace metal;
enum Kind { FIRST };
kernel void k(device int* out) {
    out[0] = simd_shuffle(true, ushort(1));  // error at 14: no matching function for call to 'simd_shuffle'
    out[1] = simd_sum(FIRST);                // error at 14: no matching function for call to 'simd_sum'
    out[2] = simd_all(out[3]) + simd_shuffle(out[4], 1);
}
