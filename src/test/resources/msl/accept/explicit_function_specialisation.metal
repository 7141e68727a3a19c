// kernel: special
// grid: 1 threads: 1
// buffer 0: int[3] = 0
// expect 0: int[3] = 1 2 4
template <typename T> int code(T x) { return 1; }
template <> int code<float>(float x) { return 2; }
template <typename T, int n> T scaled(T x) { return x * n; }
int code(char) { return 4; }
kernel void special(device int* out [[buffer(0)]]) {
    out[0] = code(1);
    out[1] = code(1.0f);
    out[2] = scaled<int, 2>(2);
}
