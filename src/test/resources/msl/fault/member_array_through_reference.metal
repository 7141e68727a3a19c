// grid: 2 threads: 2
// buffer 0: int[64] = 0
// buffer 1: int[2] = 5
#include <metal_stdlib>
using namespace metal;
struct A { int e[4]; int last; };
void f(thread A& a, int n) {
    a.e[n] = 99; // fault: index 5 not in an array of 4 elements: 'a.e'
}
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], uint i [[thread_position_in_grid]]) {
    A a = {{1, 2, 3, 4}, 5};
    f(a, in[0]);
    o[i] = a.last;
}
