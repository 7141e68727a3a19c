// kernel: convert
// grid: 1 threads: 1
// buffer 0: float[3] = 0
// expect 0: float[3] = 2.5 5 1
struct Fixed {
    int raw;
    explicit Fixed(float x) : raw(int(x * 16)) {}
    operator float() const { return float(raw) / 16; }
};
kernel void convert(device float* out [[buffer(0)]]) {
    Fixed f(2.5f);
    out[0] = f;
    out[1] = f * 2;
    out[2] = f > 1 ? 1 : 0;
}
