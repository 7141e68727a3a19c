// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    o[i] = (int4(in[1]) + 1)[in[0]]; // fault: index 5 not in a vector of 4 elements: '(...)'
}
