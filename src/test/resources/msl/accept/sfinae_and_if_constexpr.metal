// kernel: choose
// grid: 1 threads: 1
// buffer 0: float[4] = 0
// expect 0: float[4] = 14 3 2.5 1
#include <metal_stdlib>
using namespace metal;
template <typename T, enable_if_t<is_integral_v<T>, bool> = true> T twice(T x) { return x << 1; }
template <typename T, enable_if_t<is_floating_point_v<T>, bool> = true> T twice(T x) { return x * 2; }
template <typename T> float describe(T x) {
    if constexpr (is_same_v<T, int>) {
        return 2.5f;
    } else if constexpr (is_vector_v<T>) {
        return x.x;
    } else {
        return x.nothing;
    }
}
kernel void choose(device float* out [[buffer(0)]]) {
    out[0] = twice(7);
    out[1] = twice(1.5f);
    out[2] = describe(1);
    out[3] = describe(float2(1, 2));
}
