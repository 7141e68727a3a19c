#include <metal_stdlib>
using namespace metal;

kernel void matrix_multiplication(
    const device float* left [[buffer(0)]],
    const device float* right [[buffer(1)]],
    device float* product [[buffer(2)]],
    uint2 at [[thread_position_in_grid]],
    uint2 size [[threads_per_grid]]) {
    uint n = size.x;
    float sum = 0.0f;
    for (uint k = 0; k < n; k++) {
        sum += left[at.y * n + k] * right[k * n + at.x];
    }
    product[at.y * n + at.x] = sum;
}
