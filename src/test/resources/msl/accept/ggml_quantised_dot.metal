// kernel: dot_q4
// grid: 2 threads: 2
// buffer 0: uchar[12] = 0 60 33 67 101 135 0 64 31 0 240 255
// buffer 1: float[8] = 1 1 1 1 1 1 1 1
// buffer 2: float[2] = 0
// expect 2: float[2] = -28 -6
#include <metal_stdlib>
using namespace metal;
// A block is a half scale and eight 4-bit values, low nibbles first; the stored value is 8 too large.
#define QK 8
typedef struct {
    half d;
    uint8_t qs[QK / 2];
} block_q4;
static_assert(sizeof(block_q4) == sizeof(half) + QK / 2, "wrong block size");
static inline float block_dot(device const block_q4* block, device const float* y) {
    float sum = 0.f;
#pragma unroll(4)
    for (short i = 0; i < QK / 2; ++i) {
        const int low = (block->qs[i] & 0x0F) - 8;
        const int high = (block->qs[i] >> 4) - 8;
        sum += low * y[i] + high * y[i + QK / 2];
    }
    return float(block->d) * sum;
}
kernel void dot_q4(device const void* src0 [[buffer(0)]],
                   device const float* src1 [[buffer(1)]],
                   device float* dst [[buffer(2)]],
                   uint tpig [[thread_position_in_grid]]) {
    device const block_q4* blocks = (device const block_q4*)src0;
    dst[tpig] = block_dot(blocks + tpig, src1);
}
