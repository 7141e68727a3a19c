// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    device int3* p = (device int3*)o;
    (*p)[in[0] - 2] = 5; // fault: index 3 not in a vector of 3 elements: '(*p)'
}
