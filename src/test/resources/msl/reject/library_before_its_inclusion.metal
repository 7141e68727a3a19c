kernel void early(device float* out) {
    out[0] = metal::sin(1.0f);  // error at 14: use of undeclared identifier 'metal'
}
using namespace metal;          // error: use of undeclared identifier 'metal'
template <typename T> T half_of(T x) { return x >> 1; }
#include <metal_stdlib>
kernel void late(device float* out) { out[0] = metal::sin(1.0f); }
