// kernel: bindings
// grid: 1 threads: 1
// buffer 0: int[3] = 0
// expect 0: int[3] = 3 4 7
struct Both {
    int a;
    int b;
};
Both both() { return {3, 4}; }
kernel void bindings(device int* out [[buffer(0)]]) {
    auto [x, y] = both();
    out[0] = x;
    out[1] = y;
    out[2] = x + y;
}
