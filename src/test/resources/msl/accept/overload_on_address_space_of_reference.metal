// grid: 1 threads: 1
// buffer 0: float[6] = 0
// buffer 1: float[1] = 7
// expect 0: float[6] = 1 2 3 1 1 10
#include <metal_stdlib>
using namespace metal;
struct S { float x; };
float where(thread const float&) { return 1; }
float where(device const float&) { return 2; }
float where(constant float&) { return 3; }
float part(thread const S& s) { return s.x; }
float part(device const S& s) { return s.x * 10; }
float rounded(thread const int& x) { return float(x); }
kernel void k(device float* out [[buffer(0)]], constant float& c [[buffer(1)]]) {
    float local = 0;
    out[0] = where(local);
    out[1] = where(out[0]);
    out[2] = where(c);
    out[3] = where(4.0f);
    out[4] = rounded(out[0]);
    out[5] = part(*(device S*)out);
}
