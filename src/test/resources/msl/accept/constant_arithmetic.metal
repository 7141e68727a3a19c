// kernel: constants
// version: 3.1
// grid: 1 threads: 1
// buffer 0: int[1] = 0
// expect 0: int[1] = 1
#include <metal_stdlib>
using namespace metal;
static_assert(-7 / 2 == -3 && -7 % 2 == -1, "division truncates");
static_assert(7u - 8u == 0xffffffffu, "unsigned wraps");
static_assert(uchar(300) == 44 && char(200) == -56, "narrowing drops high bits");
static_assert((1 << 33) == 2, "shift counts are masked");
static_assert((-8 >> 1) == -4 && (0xfffffff8u >> 1) == 0x7ffffffcu, "right shifts follow the sign");
static_assert(int(3.9f) == 3 && int(-3.9f) == -3, "truncation");
static_assert(as_type<uint>(0.1f) == 0x3dcccccd, "float literals round once");
static_assert(as_type<ushort>(0.1h) == 0x2e66 && as_type<ushort>(0.1bf) == 0x3dcd, "half and bfloat literals");
static_assert(half(65519.0f) == 65504.0h && isinf(half(65520.0f)), "half rounds to even");
static_assert(float(18446744073709551615ul) == 18446744073709551616.0f, "ulong to float");
static_assert(half(2049) == 2048.0h && half(2051) == 2052.0h, "int to half");
static_assert(!(NAN == NAN) && NAN != NAN && !(NAN < 1.0f), "comparisons with NaN");
static_assert(sizeof(float3) == 16 && sizeof(packed_float3) == 12 && alignof(half3) == 8, "sizes");
static_assert(sizeof(bool) == 1 && sizeof(atomic_bool) == 4 && sizeof(float3x3) == 48, "sizes");
static_assert(dot(float3(1, 2, 3), float3(4, 5, 6)) == 32, "library functions");
static_assert(popcount(0xf0u) == 4 && clamp(7, 0, 5) == 5 && float4(1, 2, 3, 4).wz.x == 4, "library functions");
static_assert(true ? sizeof(int) == 4 : false, "conditional");
kernel void constants(device int* out [[buffer(0)]]) {
    out[0] = int(NAN) == 0 && uint(-1.0f) == 0 && uchar(1000.0f) == 255;
}
