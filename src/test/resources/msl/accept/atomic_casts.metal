// kernel: compare_exchange
// grid: 1 threads: 1
// buffer 0: uint[2] = 5 0
// expect 0: uint[2] = 9 5
#include <metal_stdlib>
using namespace metal;
kernel void compare_exchange(device uint* data [[buffer(0)]]) {
    auto target = (device atomic_uint*)data;
    uint expected = 4;
    bool done = false;
    while (!done) {
        done = atomic_compare_exchange_weak_explicit(
            target, &expected, 9u, memory_order_relaxed, memory_order_relaxed);
    }
    data[1] = expected;
}
