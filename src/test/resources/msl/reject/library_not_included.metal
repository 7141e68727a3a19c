using namespace metal;  // error at 17: use of undeclared identifier 'metal'; include <metal_stdlib>
namespace m = metal;  // error at 15: use of undeclared identifier 'metal'; include <metal_stdlib>
using metal::max;  // error at 7: use of undeclared identifier 'metal'; include <metal_stdlib>
constant simd::float4 ones = 1;  // error at 10: use of undeclared identifier 'simd'; include <metal_stdlib>
kernel void k(device float* out, metal::uint index [[thread_position_in_grid]]) {  // error at 34: include <metal_stdlib>
    out[index] = 1;
}
float f(float x) { return metal::sin(x); }  // error at 27: use of undeclared identifier 'metal'; include <metal_stdlib>
float g(float x) { return ::metal::sin(x); }  // error: use of undeclared identifier 'metal'; include <metal_stdlib>
