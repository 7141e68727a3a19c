// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    threadgroup int s[2][2];
    s[0][in[0]] = 1; // fault: index 5 not in an array of 2 elements: 's[0]'
    o[i] = s[1][1];
}
