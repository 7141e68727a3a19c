// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    array<int, 4> v, w;
    w[0] = 1;
    v[in[0]] = 9; // fault: index 5 not in an array of 4 elements: 'v'
    o[i] = w[0] + v[0];
}
