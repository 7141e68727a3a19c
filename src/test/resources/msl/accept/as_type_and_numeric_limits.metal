// kernel: limits
// grid: 1 threads: 1
// buffer 0: uint[6] = 0
// expect 0: uint[6] = 1065353216 2147483647 255 2139095040 1 131073
#include <metal_stdlib>
using namespace metal;
kernel void limits(device uint* out [[buffer(0)]]) {
    out[0] = as_type<uint>(1.0f);
    out[1] = numeric_limits<int>::max();
    out[2] = numeric_limits<uchar>::max();
    out[3] = as_type<uint>(numeric_limits<float>::infinity());
    out[4] = -numeric_limits<float>::infinity() < numeric_limits<float>::lowest() ? 1 : 0;
    out[5] = as_type<uint>(short2(1, 2));
}
