// grid: 512 threads: 256
// version: 3.2
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
    if (t == 0) {
    d[G] = in[g]; // finding: RACE
    uint before = atomic_fetch_add_explicit(&c[0], 1u, memory_order_relaxed);
    if (before == 1) {
    atomic_thread_fence(mem_flags::mem_device, memory_order_seq_cst, thread_scope_device);
    float r = 0;
    for (uint k = 0; k < 2; k++) { r += d[k]; } // finding: RACE
    out[0] = r;
    }
    }
}
