// grid: 100 threads: 10
// buffer 0: uint[5] = 0 4294967295 0 0 7
// buffer 1: float[1] = 0
// expect 0: uint[5] = 100 0 99 127 8
// expect 1: float[1] = 50
#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_uint* c [[buffer(0)]], device atomic_float* f [[buffer(1)]],
              uint gid [[thread_position_in_grid]]) {
    atomic_fetch_add_explicit(&c[0], 1, memory_order_relaxed);
    atomic_fetch_min_explicit(&c[1], gid, memory_order_relaxed);
    atomic_fetch_max_explicit(&c[2], gid, memory_order_relaxed);
    atomic_fetch_or_explicit(&c[3], gid, memory_order_relaxed);
    uint expected = 7;
    bool swapped = atomic_compare_exchange_weak_explicit(&c[4], &expected, 8, memory_order_relaxed, memory_order_relaxed);
    if (!swapped && expected != 8) { atomic_store_explicit(&c[4], 99, memory_order_relaxed); }
    atomic_fetch_add_explicit(f, 0.5f, memory_order_relaxed);
}
