// grid: 1 threads: 1
// buffer 0: int[1] = 0
#include <metal_stdlib>
using namespace metal;
static int down(int n) {
    return n == -1 ? 0 : down(n + 1) + 1; // fault: calls are nested too deep
}
kernel void k(device int* out [[buffer(0)]]) { out[0] = down(0); }
