#include <metal_stdlib>
using namespace metal;
kernel void k(device int* out, constant uint& n) {
    out[0] = min(out[1], n);  // error: call to 'min' is ambiguous
}
