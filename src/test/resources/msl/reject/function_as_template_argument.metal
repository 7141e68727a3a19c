#include <metal_stdlib>
using namespace metal;
int f(int x);
int f(float x);
kernel void k(device atomic<f>* p) {}  // error at 29: a template argument cannot be a set of functions
