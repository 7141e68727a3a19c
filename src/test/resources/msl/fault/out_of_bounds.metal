// grid: 8 threads: 8
// buffer 0: float[4] = 0
#include <metal_stdlib>
using namespace metal;
kernel void k(device float* out [[buffer(0)]], uint gid [[thread_position_in_grid]]) {
    float x = 2;
    out[gid] = x; // fault: thread (4, 0, 0): access of 4 bytes at offset 16 of the buffer at index 0 of 16 bytes
}
