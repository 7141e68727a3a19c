// kernel: dequantize_half_scale
// grid: 2 threads: 2
// buffer 0: uchar[8] = 0 60 1 2 0 64 3 4
// buffer 1: float[4] = 0
// expect 1: float[4] = 1 2 6 8
#include <metal_stdlib>
using namespace metal;
// Two blocks: scale 1.0 (0x3c00) with 1 2, and 2.0 (0x4000) with 3 4.
struct Block {
    half scale;
    uchar values[2];
};
void dequantize(const device Block* block, short i, thread float& out) {
    out = float(block->scale) * float(block->values[i]);
}
template <typename B, short N, void (*dequantize_func)(const device B*, short, thread float&)>
kernel void unpack(const device B* in [[buffer(0)]], device float* out [[buffer(1)]],
                   uint i [[thread_position_in_grid]]) {
    for (short j = 0; j < N; ++j) {
        float x;
        dequantize_func(in + i, j, x);
        out[i * N + j] = x;
    }
}
typedef decltype(unpack<Block, 2, dequantize>) unpack_t;
template [[host_name("dequantize_half_scale")]] kernel unpack_t unpack<Block, 2, dequantize>;
