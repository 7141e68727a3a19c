// version: 3.1
#include <metal_stdlib>
using namespace metal;
struct S { int e[4]; int last; };
kernel void k(device int* out [[buffer(0)]], device S* s [[buffer(1)]]) {
    array<int, 2> a = {1, 2};
    int4 v = int4(0);
    float2x2 m = float2x2(1.0f);
    out[0] = a[2];  // error: index 2 is outside of the object, which has 2 elements
    out[1] = s->e[4];  // error: index 4 is outside of the object, which has 4 elements
    out[2] = v[4];  // error: index 4 is outside of the object, which has 4 elements
    out[3] = m[2].x;  // error: index 2 is outside of the object, which has 2 elements
}
