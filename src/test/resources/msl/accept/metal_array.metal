// kernel: arrays
// grid: 1 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 1 20 3 24
#include <metal_stdlib>
using namespace metal;
array<int, 3> make() {
    array<int, 3> a = {1, 2, 3};
    a[1] *= 10;
    return a;
}
kernel void arrays(device int* out [[buffer(0)]]) {
    array<int, 3> a = make();
    int sum = 0;
    for (uint i = 0; i < a.size(); ++i) {
        out[i] = a[i];
    }
    for (auto x : a) {
        sum += x;
    }
    out[3] = sum;
}
