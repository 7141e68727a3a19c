// kernel: lambdas
// version: 3.2
// grid: 1 threads: 1
// buffer 0: float[8] = 0
// expect 0: float[8] = 6 8.5 10.5 0 1 2 3 8
#include <metal_stdlib>
using namespace metal;
template <typename F> float apply(F f, float x) { return f(x); }
template <int n, typename F> void each(F f) {
    for (int i = 0; i < n; ++i) {
        f(i);
    }
}
struct Scale {
    float factor;
    float run(float x) const {
        auto f = [=](float y) { return y * factor; };
        return f(x);
    }
};
kernel void lambdas(device float* out [[buffer(0)]]) {
    float a = 2;
    auto twice = [](float x) { return x * 2; };
    out[0] = twice(3);
    auto add = [&](auto x) {
        a += x;
        return a;
    };
    out[1] = add(1) + add(2.5f);
    out[2] = apply([=](float x) { return x + a; }, 5);
    each<3>([&](int i) { out[3 + i] = i; });
    int n = 0;
    auto count = [n]() mutable { return ++n; };
    out[6] = count() + count();
    Scale s = {4};
    out[7] = s.run(2);
}
