// version: 2.3
#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_ulong* a) { }  // error: unknown type name 'atomic_ulong'
