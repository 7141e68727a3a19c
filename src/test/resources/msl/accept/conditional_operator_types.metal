// kernel: conditionals
// grid: 1 threads: 1
// buffer 0: float[4] = 1 2 3 4
// buffer 1: float[4] = 0
// expect 1: float[4] = 3 2.5 7 1
#include <metal_stdlib>
using namespace metal;
struct Pair { float a; float b; };
kernel void conditionals(const device float* in [[buffer(0)]], device float* out [[buffer(1)]]) {
    bool b = in[0] > 0;
    const device float* p = b ? in + 2 : nullptr;
    out[0] = *p;
    out[1] = b ? 2.5f : 1;
    Pair pair = b ? Pair{3, 4} : Pair{5, 6};
    out[2] = pair.a + pair.b;
    float2 v = b ? float2(1) : 0.0f;
    out[3] = v.y;
}
