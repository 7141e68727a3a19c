// grid: 512 threads: 256
// buffer 0: float[1024] = 1
// buffer 1: float[1024] = 0
// buffer 2: uint[64] = 0
// buffer 3: float[1024] = 2
#include <metal_stdlib>
using namespace metal;

kernel void k(device const float *in [[buffer(0)]], device float *out [[buffer(1)]],
              device atomic_uint *c [[buffer(2)]], device float *d [[buffer(3)]],
              uint t [[thread_index_in_threadgroup]], uint g [[thread_position_in_grid]],
              uint G [[threadgroup_position_in_grid]], uint lane [[thread_index_in_simdgroup]],
              uint simd [[simdgroup_index_in_threadgroup]]) {
    threadgroup float s[8];
    if (lane == 0) { s[simd] = in[g]; } // finding: LOCKSTEP_ONLY
    out[g] = s[simd]; // finding: LOCKSTEP_ONLY
}
