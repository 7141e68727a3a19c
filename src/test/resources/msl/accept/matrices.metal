// kernel: matrices
// grid: 1 threads: 1
// buffer 0: float[8] = 0
// expect 0: float[8] = 17 39 23 34 2 4 1 0
#include <metal_stdlib>
using namespace metal;
kernel void matrices(device float* out [[buffer(0)]]) {
    float2x2 m(float2(1, 3), float2(2, 4));
    float2 v(5, 6);
    float2 mv = m * v;
    float2 vm = v * m;
    out[0] = mv.x;
    out[1] = mv.y;
    out[2] = vm.x;
    out[3] = vm.y;
    float2x2 twice = m * 2;
    out[4] = twice[0].x;
    out[5] = twice[1][0];
    float2x2 unit(1);
    out[6] = unit[0][0];
    out[7] = transpose(unit)[0][1];
}
