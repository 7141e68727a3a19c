// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    int a[4] = {1, 2, 3, 4};
    uint n = uint(in[0] - 6);
    o[i] = a[n]; // fault: index 4294967295 not in an array of 4 elements: 'a'
}
