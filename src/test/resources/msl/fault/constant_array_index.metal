// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
constant int table[4] = {1, 2, 3, 4};
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    o[i] = table[in[0]]; // fault: index 5 not in an array of 4 elements: 'table'
}
