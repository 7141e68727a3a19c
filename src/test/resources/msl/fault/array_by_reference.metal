// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
int f(thread int (&a)[4], int n) {
    return a[n]; // fault: index 5 not in an array of 4 elements: 'a'
}
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    int a[4] = {1, 2, 3, 4};
    int b[8] = {};
    o[i] = f(a, in[0]) + b[in[0]];
}
