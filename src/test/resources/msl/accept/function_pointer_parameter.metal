// kernel: apply_both
// grid: 1 threads: 1
// buffer 0: float[2] = 3 5
// expect 0: float[2] = 9 -5
float square(float x) { return x * x; }
float negate(float x) { return -x; }
static inline float apply(float (*f)(float), float x) { return f(x); }
kernel void apply_both(device float* data [[buffer(0)]]) {
    data[0] = apply(square, data[0]);
    data[1] = apply(negate, data[1]);
}
