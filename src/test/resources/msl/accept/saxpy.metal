// grid: 8 threads: 4
// buffer 0: float[6] = 1 2 3 4 5 6
// buffer 1: float[6] = 10 20 30 40 50 60
// buffer 2: float[1] = 2
// buffer 3: uint[1] = 5
// expect 0: float[6] = 21 42 63 84 105 6
#include <metal_stdlib>
using namespace metal;
kernel void saxpy(device float* y [[buffer(0)]], device const float* x [[buffer(1)]],
                  constant float& a [[buffer(2)]], constant uint& n [[buffer(3)]],
                  uint gid [[thread_position_in_grid]]) {
    if (gid >= n) return;
    y[gid] = a * x[gid] + y[gid];
}
