// kernel: sizes
// grid: 1 threads: 1
// buffer 0: int[5] = 0
// expect 0: int[5] = 1 2 3 4 5
#include <metal_stdlib>
using namespace metal;
template <typename T> struct Kind { static constexpr constant int value = 1; };
template <typename T> struct Kind<device T*> { static constexpr constant int value = 2; };
template <typename T, int N> struct Kind<vec<T, N>> { static constexpr constant int value = 3; };
template <typename T> struct Kind<Kind<T>> { static constexpr constant int value = 4; };
template <> struct Kind<int> { static constexpr constant int value = 5; };
kernel void sizes(device int* out [[buffer(0)]]) {
    out[0] = Kind<float>::value;
    out[1] = Kind<device float*>::value;
    out[2] = Kind<float4>::value;
    out[3] = Kind<Kind<int>>::value;
    out[4] = Kind<int>::value;
}
