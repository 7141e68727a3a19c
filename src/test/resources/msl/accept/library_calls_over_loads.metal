// kernel: k
// grid: 8 threads: 8
// buffer 0: int[8] = 0
// buffer 1: int[9] = 1 -2 3 -4 5 -6 7 -8 0
// buffer 2: int[8] = 0
// buffer 3: float[8] = 0
// expect 0: int[8] = 1 2 3 4 5 6 7 8
// expect 2: int[8] = 2002 2202 2402 2602 2802 3002 3202 3402
// expect 3: float[8] = 1 2 3 4 5 6 7 8
#include <metal_stdlib>
using namespace metal;
struct Pair { int first; int second; };
int next(thread int* p) { *p += 1; return *p; }
kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]], device int* more [[buffer(2)]],
              device float* roots [[buffer(3)]], uint i [[thread_position_in_grid]]) {
    int v = in[i];
    thread int* p = &v;
    *p = in[i];
    int q = abs(v);
    o[i] = q;

    Pair pair = {int(i), 100};
    thread Pair* at = &pair;
    at->second = int(i) + 2;
    int least = min(at->first, at->second);
    int a[4] = {1, 2, 3, 4};
    a[i & 3] = -7;
    int b = abs(a[i & 3]);
    in[8] = -7;
    int c = max(in[8], 2);
    int sum = least + b + c;
    int m = next(&sum) + abs(sum);
    int bits = popcount(uint(a[i & 3])) - 28;
    more[i] = m * 100 + bits;
    float f = 0;
    thread float* pf = &f;
    *pf = float(v * v);
    float root = sqrt(fabs(f));
    roots[i] = root;
}
