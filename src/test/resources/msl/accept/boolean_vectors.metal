// kernel: choose
// grid: 1 threads: 1
// buffer 0: float[4] = -1 2 -3 4
// buffer 1: int[2] = 0
// expect 0: float[4] = 1 2 3 4
// expect 1: int[2] = 1 0
#include <metal_stdlib>
using namespace metal;
kernel void choose(device float4* data [[buffer(0)]], device int* flags [[buffer(1)]]) {
    float4 v = data[0];
    bool4 negative = v < 0;
    data[0] = select(v, -v, negative);
    flags[0] = any(negative && !(v > 100));
    flags[1] = all(negative || v > 3);
}
