#include <metal_stdlib>
using namespace metal;

constant uint LIMIT = 256;

kernel void mandelbrot(
    device uint* iterations [[buffer(0)]],
    uint2 at [[thread_position_in_grid]],
    uint2 size [[threads_per_grid]]) {
    float re = -2.0f + 3.0f * float(at.x) / float(size.x);
    float im = -1.5f + 3.0f * float(at.y) / float(size.y);
    float x = 0.0f;
    float y = 0.0f;
    uint n = 0;
    while (n < LIMIT && x * x + y * y <= 4.0f) {
        float next = x * x - y * y + re;
        y = 2.0f * x * y + im;
        x = next;
        n++;
    }
    iterations[at.y * size.x + at.x] = n;
}
