// kernel: deduced
// grid: 1 threads: 1
// buffer 0: float[4] = 1 2 3 4
// expect 0: float[4] = 5 2.5 3 8
#include <metal_stdlib>
using namespace metal;
auto half_of(float x) { return x / 2; }
template <typename A, typename B> auto add(A a, B b) -> decltype(a + b) { return a + b; }
kernel void deduced(device float* data [[buffer(0)]]) {
    device auto& first = data[0];
    first = half_of(10);
    auto p = data + 1;
    *p = add(1, 1.5f);
    decltype(data[3] * 2) last = data[3];
    data[3] = last + 4;
    const auto same = is_same_v<decltype(add(1, 1)), int>;
    if (!same) {
        data[2] = 0;
    }
}
