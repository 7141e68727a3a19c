// kernel: k
// grid: 1 threads: 1
// buffer 0: float[9] = 0
// expect 0: float[9] = 15 8 100 7 6 3 5 3 2
#include <metal_stdlib>
using namespace metal;
struct Sum {
    float s;
    Sum(initializer_list<float> list) : s(0) {
        for (auto p = list.begin(); p != list.end(); ++p) {
            s += *p;
        }
        for (float f : list) {
            s += f;
        }
        s += list.size();
    }
    Sum(int x, int y) : s(100) {}
    Sum() : s(7) {}
};
float total(initializer_list<int> list) {
    int r = 0;
    for (auto x : list) {
        r += x;
    }
    return r;
}
template <typename T> T total_of(initializer_list<T> list) {
    T r = 0;
    for (T x : list) {
        r += x;
    }
    return r;
}
struct Columns {
    float2 c[2];
    thread Columns& operator=(initializer_list<float2> list) thread {
        for (size_t i = 0; i < list.size(); ++i) {
            c[i] = list.begin()[i];
        }
        return *this;
    }
};
kernel void k(device float* out) {
    Sum a{1, 2, 3};
    Sum b = {1, 2};
    Sum direct(1, 2);
    Sum empty{};
    out[0] = a.s;
    out[1] = b.s;
    out[2] = direct.s;
    out[3] = empty.s;
    out[4] = total({1, 2, 3}) + total({});
    auto list = {1, 2, 3};
    out[5] = list.size();
    float t = 0;
    for (auto x : {1.0f, 4.0f}) {
        t += x;
    }
    out[6] = t;
    out[7] = total_of({1.0f, 2.0f});
    Columns columns;
    columns = {float2(1), float2(2)};
    out[8] = columns.c[1].y;
}
