// vec<T, N> may be named for other lengths than two to four.
// grid: 1 threads: 1
// buffer 1: float[2] = 7 8
// buffer 0: float[8] = 0
// expect 0: float[8] = 5 5 8 16 28 4 32 3
#include <metal_stdlib>
using namespace metal;

template <typename T, int N> struct Register { vec<T, N> v; };
template <typename T, uint N> static T sum(vec<T, N> v) {
    T total = 0;
    for (uint i = 0; i < N; i++) total += v[i];
    return total;
}

kernel void k(device float* out [[buffer(0)]], device vec<float, 1>* one [[buffer(1)]]) {
    Register<float, 1> single;
    single.v = vec<float, 1>(3.0f);
    single.v[0] += 2;
    out[0] = single.v[0];
    out[1] = single.v.x;
    out[2] = one[1][0];
    out[3] = sizeof(Register<half, 8>);
    Register<half, 8> eight;
    for (int i = 0; i < 8; i++) eight.v[i] = half(i);
    out[4] = sum(eight.v);
    out[5] = sizeof(vec<float, 1>);
    out[6] = alignof(vec<float, 5>);
    vec<int, 2> two = {1, 2};
    out[7] = sum(two);
}
