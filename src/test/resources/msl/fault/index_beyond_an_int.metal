// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    int a[4] = {1, 2, 3, 4};
    ulong n = ulong(in[0] - 5) + 0x100000001ul;
    o[i] = a[n]; // fault: index 4294967297 not in an array of 4 elements: 'a'
}
