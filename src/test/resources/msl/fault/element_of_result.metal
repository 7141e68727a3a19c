// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
struct A { int e[4]; };
A make(int n) { A a = {{n, 2, 3, 4}}; return a; }
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    o[i] = make(1).e[in[0]]; // fault: index 5 not in an array of 4 elements: 'make(...).e'
}
