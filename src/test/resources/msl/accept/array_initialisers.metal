// kernel: arrays
// grid: 1 threads: 1
// buffer 0: float[6] = 9
// expect 0: float[6] = 2 2 2 0 7 13
#include <metal_stdlib>
using namespace metal;
constant float root = sqrt(16.0f) + max(2, 3);
template <short n> float filled() {
    float a[n] = {[0 ... n - 2] = 2.0f};
    return a[n - 2] + a[n - 1];
}
kernel void arrays(device float* out [[buffer(0)]]) {
    float zeros[256] = {};
    out[0] = filled<4>();
    int sparse[5] = {1, [3] = 4, 8};
    out[1] = sparse[0] + sparse[1] + sparse[2] + 1;
    float2 pairs[2] = {{1, 1}, float2(2)};
    out[2] = pairs[0].x + pairs[1].y - 1;
    out[3] = zeros[255];
    out[4] = root;
    int nested[2][2] = {{1}, {4, 8}};
    out[5] = nested[0][0] + nested[0][1] + nested[1][0] + nested[1][1];
}
