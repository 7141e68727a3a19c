// grid: 1 threads: 1
// buffer 0: float[14] = 0
// expect 0: float[14] = 0 1 1 2 0 2 -2 3 -3 -0 16777216 16777220 2048 inf
#include <metal_stdlib>
using namespace metal;
kernel void rounding(device float* out [[buffer(0)]]) {
    float undefined = as_type<float>(0x7fc00000u);
    out[0] = clamp(undefined, 0.0f, 1.0f);
    out[1] = fmin(undefined, 1.0f);
    out[2] = fmax(1.0f, undefined);
    out[3] = fmin(2.0f, undefined);
    out[4] = saturate(undefined);
    out[5] = rint(2.5f);
    out[6] = rint(-2.5f);
    out[7] = round(2.5f);
    out[8] = round(-2.5f);
    out[9] = ceil(-0.5f);
    int number = 16777217;
    out[10] = number;
    out[11] = number + 2;
    out[12] = float(half(2049));
    out[13] = float(half(65520.0f));
}
