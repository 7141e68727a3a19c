#include <metal_stdlib>
using namespace metal;

kernel void stencil(
    const device float* now [[buffer(0)]],
    device float* next [[buffer(1)]],
    uint2 at [[thread_position_in_grid]],
    uint2 inner [[threads_per_grid]]) {
    uint row = inner.x + 2;
    uint i = (at.y + 1) * row + at.x + 1;
    float around = (now[i - row] + now[i + row]) + (now[i - 1] + now[i + 1]);
    next[i] = now[i] + 0.2f * (around - 4.0f * now[i]);
}
