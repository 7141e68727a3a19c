// kernel: sums
// grid: 1 threads: 1
// buffer 0: float[3] = 1 2 3
// buffer 1: float[2] = 0
// expect 1: float[2] = 6 12
template <typename P> float sum(P p, int n) {
    float s = 0;
    for (int i = 0; i < n; ++i) {
        s += p[i];
    }
    return s;
}
kernel void sums(const device float* in [[buffer(0)]], device float* out [[buffer(1)]]) {
    float copy[3];
    for (int i = 0; i < 3; ++i) {
        copy[i] = in[i] * 2;
    }
    out[0] = sum(in, 3);
    out[1] = sum(copy, 3);
}
