// version: 2.4
#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_float* a) { }  // error: unknown type name 'atomic_float'
