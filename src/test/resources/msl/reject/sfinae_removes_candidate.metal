#include <metal_stdlib>
using namespace metal;
template <typename T, typename = enable_if_t<is_integral_v<T>>> T twice(T x) { return x + x; }
kernel void k(device float* out) {
    out[0] = twice(1.5f);  // error: no matching function for call to 'twice'
}
