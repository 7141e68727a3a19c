// grid: 3 threads: 3
// buffer 0: int[3] = 0
// expect 0: int[3] = 10 14 18
#include <metal_stdlib>
using namespace metal;
struct Big { int v[20]; };
static Big make(int start) { Big b; for (int i = 0; i < 20; i++) b.v[i] = start + i; return b; }
static int sum(Big b, int n) { int s = 0; for (int i = 0; i < n; i++) s += b.v[i]; b.v[0] = 99; return s; }
kernel void k(device int* out [[buffer(0)]], uint gid [[thread_position_in_grid]]) {
    Big b = make(1);
    int offsets[4];
    for (int i = 0; i < 4; i++) offsets[i] = int(gid);
    int total = 0;
    for (int i = 0; i < 4; i++) total += offsets[i];
    out[gid] = sum(b, 4) + total + (b.v[0] - 1);
}
