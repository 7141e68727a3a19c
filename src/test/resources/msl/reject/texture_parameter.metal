#include <metal_stdlib>
using namespace metal;
kernel void k(texture2d<float> t [[texture(0)]]) { }  // error: is not supported by the software device yet
