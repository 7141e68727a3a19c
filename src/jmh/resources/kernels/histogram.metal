#include <metal_stdlib>
using namespace metal;

kernel void histogram(
    const device uint* values [[buffer(0)]],
    device atomic_uint* bins [[buffer(1)]],
    uint index [[thread_position_in_grid]]) {
    atomic_fetch_add_explicit(&bins[values[index] & 1023u], 1u, memory_order_relaxed);
}
