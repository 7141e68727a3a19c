#include <metal_stdlib>
using namespace metal;
kernel void k(device atomic_int* i, const device atomic_int* c, constant atomic_int* o, device int* plain,
              device atomic_float* f) {
    atomic_int local;
    atomic_store_explicit(&local, 1, memory_order_relaxed);     // error: no matching function for call to 'atomic_store_explicit'
    atomic_store_explicit(c, 1, memory_order_relaxed);          // error: no matching function for call to 'atomic_store_explicit'
    plain[0] = atomic_load_explicit(o, memory_order_relaxed);   // error: no matching function for call to 'atomic_load_explicit'
    atomic_fetch_add_explicit(plain, 1, memory_order_relaxed);  // error: no matching function for call to 'atomic_fetch_add_explicit'
    atomic_fetch_max_explicit(f, 1.0f, memory_order_relaxed);   // error: no matching function for call to 'atomic_fetch_max_explicit'
    atomic_fetch_and_explicit(f, 1, memory_order_relaxed);      // error: no matching function for call to 'atomic_fetch_and_explicit'
    i->fetch_add(1);                                            // error: member reference base type 'device atomic_int' is not a structure or union
    plain[1] = *i;                                              // error: assigning to 'int' from incompatible type 'atomic_int'
    threadgroup_barrier(1);                                     // error: no matching function for call to 'threadgroup_barrier'
}
kernel void l(device atomic<half>* h) {}                        // error: 'atomic<half>' is not available in metal3.0
