// grid: 5,4 threads: 2,2
// buffer 0: float[20] = 0 1 2 3 4 10 11 12 13 14 20 21 22 23 24 30 31 32 33 34
// buffer 1: float[20] = -1
// buffer 2: uint[2] = 5 4
// expect 1: float[20] = -1 -1 -1 -1 -1 -1 44 48 52 -1 -1 84 88 92 -1 -1 -1 -1 -1 -1
#include <metal_stdlib>
using namespace metal;
struct Size { uint width; uint height; };
kernel void stencil(device const float* in [[buffer(0)]], device float* out [[buffer(1)]],
                    constant Size& size [[buffer(2)]], uint2 gid [[thread_position_in_grid]]) {
    if (gid.x == 0 || gid.y == 0 || gid.x >= size.width - 1 || gid.y >= size.height - 1) { return; }
    uint i = gid.y * size.width + gid.x;
    out[i] = in[i - 1] + in[i + 1] + in[i - size.width] + in[i + size.width];
}
