#include <metal_stdlib>
using namespace metal;
kernel void k(device float* out) {
    int exponent;
    out[0] = frexp(out[0], &exponent);  // error: no matching function for call to 'frexp'
    out[1] = modf(out[1], out[2]);  // error: no matching function for call to 'modf'
}
