// kernel: defaults
// grid: 1 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 11 7 4 9
struct Options {
    int base = 4;
    int step = base + 5;
};
int next(int x, int by = 1) { return x + by; }
kernel void defaults(device int* out [[buffer(0)]]) {
    out[0] = next(10);
    out[1] = next(3, 4);
    Options o;
    out[2] = o.base;
    out[3] = o.step;
}
