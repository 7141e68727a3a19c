// kernel: histogram
// grid: 8 threads: 8
// buffer 0: uint[8] = 0 1 2 0 1 0 0 2
// buffer 1: uint[3] = 0
// expect 1: uint[3] = 4 2 2
#include <metal_stdlib>
using namespace metal;
struct Bins {
    atomic_uint counts[3];
};
kernel void histogram(const device uint* values [[buffer(0)]], device Bins& bins [[buffer(1)]],
                      uint i [[thread_position_in_grid]]) {
    atomic_fetch_add_explicit(&bins.counts[values[i]], 1, memory_order_relaxed);
}
