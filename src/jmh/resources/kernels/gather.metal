#include <metal_stdlib>
using namespace metal;

kernel void gather(
    const device float* values [[buffer(0)]],
    const device uint* places [[buffer(1)]],
    device float* found [[buffer(2)]],
    uint index [[thread_position_in_grid]]) {
    found[index] = values[places[index]];
}
