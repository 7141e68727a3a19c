// kernel: nested
// grid: 1 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 5 5 7 3
kernel void nested(device int* out [[buffer(0)]]) {
    int a, b;
    a = b = 5;
    out[0] = a;
    out[1] = b;
    int c = (a += 2, a);
    out[2] = c;
    int n = 0;
    for (int i = 0; i < 3; i++, n++) { }
    out[3] = n;
}
