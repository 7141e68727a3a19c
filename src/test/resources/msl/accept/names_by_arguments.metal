// Functions of the library are found by the enumerations and atomic objects that they are called with.
// grid: 4 threads: 4
// buffer 0: uint[2] = 0
// expect 0: uint[2] = 6 3
#include <metal_stdlib>

kernel void k(device metal::atomic_uint* out [[buffer(0)]], uint i [[thread_position_in_grid]]) {
    threadgroup uint shared[4];
    shared[3 - i] = i;
    threadgroup_barrier(metal::mem_flags::mem_threadgroup);
    atomic_fetch_add_explicit(out, shared[i], metal::memory_order_relaxed);
    simdgroup_barrier(metal::mem_flags::mem_none);
    if (i == 0) atomic_store_explicit(out + 1, 3u, metal::memory_order_relaxed);
}
