// Matrices of bfloat have no name, but exist; the columns of a matrix are a member.
// version: 3.1
// grid: 1 threads: 1
// buffer 0: float[6] = 0
// expect 0: float[6] = 5 3 14 2 7 1.5
#include <metal_stdlib>
using namespace metal;
typedef matrix<bfloat, 4, 4> bfloat4x4;
typedef matrix<bfloat, 2, 4> bfloat2x4;

kernel void k(device float* out [[buffer(0)]]) {
    float4x4 f(1);
    f.columns[2] = float4(1, 2, 3, 4);
    f.columns[1][3] = 5;
    for (int i = 0; i < 4; i++) f.columns[i].x += i;
    bfloat4x4 m = bfloat4x4(f);
    half4x4 h = (half4x4)float4x4(m);
    out[0] = m[1][3];
    out[1] = h.columns[2].x;
    m[0] = bfloat4(1, 2, 3, 4);
    bfloat4 product = m * bfloat4(1, 1, 1, 1);
    out[2] = product.w;
    bfloat2x4 narrow(bfloat4(2), bfloat4(3));
    out[3] = narrow[0].y;
    m *= bfloat(2);
    out[4] = (transpose(m)[1][2] + m.columns[0][0] + bfloat(1));
    out[5] = float(bfloat(1.5f) * narrow.columns[1][0]) / 3;
}
