#include <metal_stdlib>
using namespace metal;
kernel void k(device float* out) {
    simdgroup_float8x8 m = make_filled_simdgroup_matrix<float, 8, 8>(0.0f);  // error: is not supported by the software device yet
}
