#include <metal_stdlib>
using namespace metal;

kernel void saxpy(
    const device float* x [[buffer(0)]],
    device float* y [[buffer(1)]],
    uint index [[thread_position_in_grid]]) {
    y[index] = 0.5f * x[index] + y[index];
}
