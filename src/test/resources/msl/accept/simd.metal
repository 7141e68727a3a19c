// grid: 64 threads: 64
// buffer 0: int[64] = 0
// buffer 1: int[64] = 0
// buffer 2: int[64] = 0
// buffer 3: float[2] = 0
// expect 3: float[2] = 496 1520
#include <metal_stdlib>
using namespace metal;
kernel void k(device int* sums [[buffer(0)]], device int* down [[buffer(1)]], device int* scan [[buffer(2)]],
              device float* out [[buffer(3)]], uint lid [[thread_index_in_threadgroup]],
              uint lane [[thread_index_in_simdgroup]], uint warp [[simdgroup_index_in_threadgroup]]) {
    float total = simd_sum(float(lid));
    sums[lid] = simd_max(int(lid));
    down[lid] = simd_shuffle_down(int(lid), 1);
    scan[lid] = simd_prefix_inclusive_sum(1);
    if (lane == 0) { out[warp] = total; }
}
