#include <metal_stdlib>
kernel void k(device float* out) {
    out[0] = metal::sine(1.0f);  // error: no member named 'sine' in 'metal'
}
