// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    int4 v = int4(1, 2, 3, 4);
    o[i] = v[in[0] - 1]; // fault: index 4 not in a vector of 4 elements: 'v'
}
