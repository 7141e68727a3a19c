// kernel: templates
// grid: 1 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 6 2 3 8
#include <metal_stdlib>
using namespace metal;
template <typename T> struct Single { T a; static int parts() { return 2; } };
template <typename T> struct Triple { T a; T b; T c; static int parts() { return 3; } };
template <template <typename> class C, typename T> int parts_of(C<T> c) { return C<T>::parts(); }
template <template <typename> class C> struct Holder { C<int> held; };
template <typename T, int N = 2, typename U = Single<T>> struct Defaults {
    static constexpr constant int value = N * sizeof(U);
};
template <typename T> using Eight = Defaults<T, 2>;
template <typename T> constexpr constant int bits = sizeof(T) * 8;
template <> constexpr constant int bits<bool> = 1;
kernel void templates(device int* out [[buffer(0)]]) {
    Holder<Triple> h;
    h.held = {1, 2, 3};
    out[0] = h.held.a + h.held.b + h.held.c;
    out[1] = parts_of(Single<float>{1});
    out[2] = parts_of(h.held);
    out[3] = Eight<float>::value == 8 && bits<bool> == 1 ? bits<uchar> : 0;
}
