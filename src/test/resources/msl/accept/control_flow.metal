// grid: 1 threads: 1
// buffer 0: int[10] = 0
// expect 0: int[10] = 55 25 3 12 7 6 120 4 -1 30
#include <metal_stdlib>
using namespace metal;
static int factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }
static int find(device const int* a, int n, int x) {
    for (int i = 0; i < n; i++) {
        if (a[i] == x) return i;
    }
    return -1;
}
static int classify(int x) {
    switch (x) {
        case 0: return 10;
        case 1:
        case 2: x += 5; break;
        case 3: x = 1;
        case 4: x += 3; break;
        default: x = 6;
    }
    return x;
}
kernel void k(device int* out [[buffer(0)]]) {
    int sum = 0;
    for (int i = 1; i <= 10; ++i) sum += i;
    out[0] = sum;
    int odd = 0;
    for (uint i = 0; i < 10; i++) { if (i % 2 == 0) continue; odd += i; }
    out[1] = odd;
    int n = 0;
    while (true) { if (++n == 3) break; }
    out[2] = n;
    int d = 0;
    do { d += 4; } while (d < 10);
    out[3] = d;
    out[4] = classify(2);
    out[5] = classify(9);
    out[6] = factorial(5);
    out[7] = classify(3);
    out[8] = find(out, 8, 99);
    out[9] = (sum > 50 && odd == 25) ? (n++, 27 + n - 1) : 0;
}
