#include <metal_stdlib>
using namespace metal;
kernel void k(device float* out) {
    out[0] = max(out[1], 0);  // error: call to 'max' is ambiguous
}
