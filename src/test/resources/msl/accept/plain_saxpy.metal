// kernel: saxpy
// grid: 4 threads: 4
// buffer 0: float[4] = 1 2 3 4
// buffer 1: float[4] = 10 20 30 40
// buffer 2: float[1] = 2
// expect 1: float[4] = 12 24 36 48
#include <metal_stdlib>
using namespace metal;
kernel void saxpy(const device float* x [[buffer(0)]],
                  device float* y [[buffer(1)]],
                  constant float& a [[buffer(2)]],
                  uint i [[thread_position_in_grid]]) {
    y[i] = a * x[i] + y[i];
}
