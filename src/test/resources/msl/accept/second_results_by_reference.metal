// grid: 1 threads: 1
// buffer 0: float[8] = 0
// expect 0: float[8] = 0.625 3 0.75 3 -0.5 -1 0 1
#include <metal_stdlib>
using namespace metal;
kernel void second_results(device float* out [[buffer(0)]]) {
    int exponent;
    out[0] = frexp(5.0f, exponent);
    out[1] = exponent;
    float whole;
    out[2] = modf(3.75f, whole);
    out[3] = whole;
    float2 parts[1];
    float2 fractions = modf(float2(-1.5f, 2.0f), parts[0]);
    out[4] = fractions.x;
    out[5] = parts[0].x;
    float cosine;
    out[6] = fast::sincos(0.0f, cosine);
    out[7] = cosine;
}
