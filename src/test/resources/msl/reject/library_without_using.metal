#include <metal_stdlib>
kernel void k(device float* out) {
    out[0] = sin(1.0f);  // error: use of undeclared identifier 'sin'
}
