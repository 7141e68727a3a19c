// kernel: references
// grid: 1 threads: 1
// buffer 0: int[4] = 1 2 3 4
// expect 0: int[4] = 11 2 8 5
void increment(thread int& x) { ++x; }
void add(device int& x, const thread int& y) { x += y; }
void advance(const device int*& p) { p += 1; }
kernel void references(device int* data [[buffer(0)]]) {
    device int& first = data[0];
    add(first, 10);
    int n = 4;
    increment(n);
    const device int* p = data;
    advance(p);
    data[2] = *p + 6;
    data[3] = n;
}
