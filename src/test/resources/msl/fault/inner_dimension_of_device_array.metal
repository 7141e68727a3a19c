// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
struct S { int m[2][3]; int last; };
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    device S& s = *(device S*)o;
    s.m[1][in[0]] = 1; // fault: index 5 not in an array of 3 elements: 's.m[1]'
}
