// grid: 2 threads: 2
// constant 0: uint 3
// constant 1: bool true
// buffer 0: uint[2] = 5 6
// expect 0: uint[2] = 15 18
#include <metal_stdlib>
using namespace metal;
constant uint factor [[function_constant(0)]];
constant bool enabled [[function_constant(1)]];
constant float scale [[function_constant(2)]];
constant uint effective = enabled ? factor : 1;
constant uint table[3] = {1, factor, 9};
kernel void k(device uint* out [[buffer(0)]], uint gid [[thread_position_in_grid]]) {
    float s = is_function_constant_defined(scale) ? scale : 1.0f;
    out[gid] = uint(out[gid] * effective * s) + table[gid] * 0;
}
