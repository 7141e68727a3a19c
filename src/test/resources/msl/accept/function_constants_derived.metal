// kernel: specialised
// grid: 1 threads: 1
// constant 0: int 3
// constant 1: bool true
// buffer 0: int[4] = 0
// expect 0: int[4] = 3 7 1 0
#include <metal_stdlib>
using namespace metal;
#define FC_BASE 0
constant int size [[function_constant(FC_BASE + 0)]];
constant bool flag [[function_constant(FC_BASE + 1)]];
constant float unset [[function_constant(2)]];
constant int derived = size * 2 + 1;
constant bool has_unset = is_function_constant_defined(unset);
kernel void specialised(device int* out [[buffer(0)]],
                        device int* extra [[buffer(1), function_constant(has_unset)]]) {
    out[0] = size;
    out[1] = derived;
    out[2] = flag ? 1 : 2;
    if (has_unset) {
        extra[0] = 1;
    }
    out[3] = has_unset ? 1 : 0;
}
