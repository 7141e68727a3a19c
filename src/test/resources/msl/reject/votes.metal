#include <metal_stdlib>
using namespace metal;

kernel void k(device uint* out [[buffer(0)]]) {
    uint bits = simd_ballot(true);  // error: no viable conversion from 'metal::simd_vote' to 'uint'
    simd_vote vote = 3;  // error: no viable conversion from 'int' to 'metal::simd_vote'
    out[0] = simd_ballot(true) + 1;  // error: invalid operands to binary expression
    long big = 1;
    out[1] = simd_sum(big);  // error: no matching function for call to 'simd_sum'
}
