// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    float2x2 m = float2x2(1.0f);
    o[i] = int(m[in[0]].x); // fault: index 5 not in a matrix of 2 columns: 'm'
}
