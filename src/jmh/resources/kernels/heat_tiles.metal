#include <metal_stdlib>
using namespace metal;

// One step on tiles that lie one behind the other, each with a ghost cell on every side.
kernel void heat_tiles(
    const device float* now [[buffer(0)]],
    device float* next [[buffer(1)]],
    uint3 at [[thread_position_in_grid]],
    uint3 size [[threads_per_grid]]) {
    uint row = size.x + 2;
    uint i = (at.z * (size.y + 2) + at.y + 1) * row + at.x + 1;
    float around = (now[i - row] + now[i + row]) + (now[i - 1] + now[i + 1]);
    next[i] = now[i] + 0.2f * (around - 4.0f * now[i]);
}
