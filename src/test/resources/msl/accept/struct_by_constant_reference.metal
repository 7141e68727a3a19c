// kernel: scale
// grid: 3 threads: 1
// buffer 0: float[4] = 0.5 3 0 0
// buffer 1: float[3] = 1 2 3
// expect 1: float[3] = 3.5 4 4.5
struct Params {
    float factor;
    float offset;
    uint flags;
};
kernel void scale(constant Params& p [[buffer(0)]], device float* data [[buffer(1)]],
                  uint i [[thread_position_in_grid]]) {
    data[i] = data[i] * p.factor + p.offset;
}
