// An array of pointers is in thread memory where nothing else is said, and may be said to be.
// grid: 1 threads: 1
// buffer 0: int[6] = 0
// expect 0: int[6] = 1 5 2 0 1 2
#include <metal_stdlib>
using namespace metal;

static void write(device int* (&p)[2]) { p[0][0] = 1; p[1][0] = 2; }
static int read(thread device int* (&p)[2], int i) { return p[i][0]; }
static int both(const device int* const (&p)[2]) { return p[1][0]; }

kernel void k(device int* out [[buffer(0)]]) {
    device int* a[2] = {out, out + 2};
    write(a);
    out[4] = read(a, 0);
    const device int* const b[2] = {out, out + 2};
    out[5] = both(b);
    thread device int* own[2] = {out, out + 1};
    *own[1] = 5;
}
