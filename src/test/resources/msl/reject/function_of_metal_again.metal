#include <metal_stdlib>
using namespace metal;
float2 max(float2 a, float2 b) { return a; }
kernel void k(device float2* out) {
    out[0] = max(out[0], out[1]);  // error: call to 'max' is ambiguous
    out[1] = ::max(metal::max(out[0], out[1]), out[2]);
}
