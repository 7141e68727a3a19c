#include <metal_stdlib>
using namespace metal;

kernel void k(device float* out [[buffer(0)]], constant float* in [[buffer(1)]], device const half* halves [[buffer(2)]]) {
    simdgroup_float8x8 m;
    simdgroup_load(m, in);  // error: no matching function for call to 'simdgroup_load'
    simdgroup_load(m, halves);  // error: no matching function for call to 'simdgroup_load'
    float own[64];
    simdgroup_store(m, own);  // error: no matching function for call to 'simdgroup_store'
    simdgroup_half8x8 h(1.0h);
    simdgroup_float8x8 n = m + m;  // error: invalid operands to binary expression
    out[0] = m[0];  // error: simdgroup_matrix
    m = h;  // error: no viable overloaded '='
}
