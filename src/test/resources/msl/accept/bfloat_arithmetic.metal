// kernel: brains
// version: 3.1
// grid: 1 threads: 1
// buffer 0: float[3] = 0
// expect 0: float[3] = 1.5 3 4.5
kernel void brains(device float* out [[buffer(0)]]) {
    bfloat b = 1.5bf;
    out[0] = b;
    out[1] = b + b;
    out[2] = b * 3.0f;
}
