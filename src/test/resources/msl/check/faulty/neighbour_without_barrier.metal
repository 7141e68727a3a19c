// grid: 512 threads: 256
// buffer 0: float[512] = 1
// buffer 1: float[512] = 0
#include <metal_stdlib>
using namespace metal;

kernel void k(device const float *in [[buffer(0)]], device float *out [[buffer(1)]],
              uint t [[thread_index_in_threadgroup]], uint g [[thread_position_in_grid]]) {
    threadgroup float s[256];
    s[t] = in[g]; // finding: RACE
    out[g] = s[t ^ 32]; // finding: RACE
}
