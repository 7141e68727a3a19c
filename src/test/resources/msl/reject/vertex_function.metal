#include <metal_stdlib>
using namespace metal;
vertex float4 v() { return 0; }  // error: a graphics function is not supported by the software device yet
