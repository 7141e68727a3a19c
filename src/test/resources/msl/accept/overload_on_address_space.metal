// kernel: spaces
// grid: 1 threads: 1
// buffer 0: int[4] = 0
// buffer 1: int[1] = 7
// threadgroup 0: 16
// expect 0: int[4] = 1 2 3 4
int where(const device int* p) { return 1; }
int where(constant int* p) { return 2; }
int where(threadgroup int* p) { return 3; }
int where(thread int* p) { return 4; }
kernel void spaces(device int* out [[buffer(0)]], constant int& c [[buffer(1)]],
                   threadgroup int* group [[threadgroup(0)]]) {
    int local = 0;
    out[0] = where(out);
    out[1] = where(&c);
    out[2] = where(group);
    out[3] = where(&local);
}
