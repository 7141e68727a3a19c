#include <metal_stdlib>
using namespace metal;

#define QK4_0 32
#define QK8_0 32
#define QK_K 256
#define N_DST 4
#define N_SIMDWIDTH 32

typedef struct { half d; uint8_t qs[QK4_0 / 2]; } block_q4_0;
typedef struct { half d; int8_t qs[QK8_0]; } block_q8_0;
typedef struct { half d; half dmin; uint8_t scales[12]; uint8_t qs[QK_K / 2]; } block_q4_K;
static_assert(sizeof(block_q4_0) == 18 && sizeof(block_q8_0) == 34 && sizeof(block_q4_K) == 144, "packed");

// Sum of a half block times its part of y; the nibbles are read two bytes at a time and never shifted.
inline float block_q_n_dot_y(device const block_q4_0* qb, float sumy, thread float* yl, int il) {
    float d = qb->d;
    float4 acc = 0.f;
    device const uint16_t* qs = ((device const uint16_t*)qb + 1 + il / 2);
    for (int i = 0; i < 8; i += 2) {
        acc[0] += yl[i + 0] * (qs[i / 2] & 0x000F);
        acc[1] += yl[i + 1] * (qs[i / 2] & 0x0F00);
        acc[2] += yl[i + 8] * (qs[i / 2] & 0x00F0);
        acc[3] += yl[i + 9] * (qs[i / 2] & 0xF000);
    }
    return d * (sumy * -8.f + acc[0] + acc[1] / 256.f + acc[2] / 16.f + acc[3] / 4096.f);
}

kernel void mul_mv_q4_0_f32(device const void* src0 [[buffer(0)]], device const float* src1 [[buffer(1)]],
                            device float* dst [[buffer(2)]], constant int64_t& ne00 [[buffer(3)]],
                            constant int64_t& ne01 [[buffer(4)]], uint3 tgpig [[threadgroup_position_in_grid]],
                            uint tiisg [[thread_index_in_simdgroup]],
                            uint sgitg [[simdgroup_index_in_threadgroup]]) {
    const int nb = ne00 / QK4_0;
    const int first_row = (tgpig.x * 2 + sgitg) * N_DST;
    device const block_q4_0* x = (device const block_q4_0*)src0 + first_row * nb;
    float yl[16];
    float sumf[N_DST] = {0.f};
    const int ix = tiisg / 2;
    const int il = 8 * (tiisg % 2);
    device const float* yb = src1 + ix * QK4_0 + il;
    for (int ib = ix; ib < nb; ib += N_SIMDWIDTH / 2) {
        float sumy = 0;
        for (int i = 0; i < 8; i += 2) {
            sumy += yb[i] + yb[i + 1];
            yl[i + 0] = yb[i + 0];
            yl[i + 1] = yb[i + 1] ;
            sumy += yb[i + 16] + yb[i + 17];
            yl[i + 8] = yb[i + 16];
            yl[i + 9] = yb[i + 17];
        }
        for (int row = 0; row < N_DST; row++) sumf[row] += block_q_n_dot_y(x + ib + row * nb, sumy, yl, il);
        yb += QK4_0 * 16;
    }
    for (int row = 0; row < N_DST; ++row) {
        const float tot = simd_sum(sumf[row]);
        if (tiisg == 0 && first_row + row < ne01) dst[first_row + row] = tot;
    }
}

kernel void mul_mv_q8_0_f32(device const block_q8_0* x [[buffer(0)]], device const float* y [[buffer(1)]],
                            device float* dst [[buffer(2)]], constant int64_t& ne00 [[buffer(3)]],
                            uint row [[threadgroup_position_in_grid]], ushort lane [[thread_index_in_simdgroup]]) {
    const int nb = ne00 / QK8_0;
    float sum = 0;
    for (int ib = 0; ib < nb; ib++) {
        device const block_q8_0& b = x[row * nb + ib];
        sum += float(b.d) * b.qs[lane] * y[ib * QK8_0 + lane];
    }
    for (ushort mask = 16; mask > 0; mask /= 2) sum += simd_shuffle_xor(sum, mask);
    if (simd_is_first()) dst[row] = sum;
}

static inline uchar2 get_scale_min_k4(int j, device const uint8_t* q) {
    return j < 4 ? uchar2{uchar(q[j + 0] & 63), uchar(q[j + 4] & 63)}
                 : uchar2{uchar((q[j + 4] & 0xF) | ((q[j - 4] & 0xc0) >> 2)),
                          uchar((q[j + 4] >> 4) | ((q[j] & 0xc0) >> 2))};
}

kernel void mul_mv_q4_K_f32(device const block_q4_K* x [[buffer(0)]], device const float* y [[buffer(1)]],
                            device float* dst [[buffer(2)]], constant int64_t& ne00 [[buffer(3)]],
                            uint row [[threadgroup_position_in_grid]], ushort lane [[thread_index_in_simdgroup]]) {
    const int nb = ne00 / QK_K;
    float sum = 0;
    for (int ib = 0; ib < nb; ib++) {
        device const block_q4_K* b = x + row * nb + ib;
        for (int j = 0; j < 4; j++) {
            uchar2 low = get_scale_min_k4(2 * j, b->scales);
            uchar2 high = get_scale_min_k4(2 * j + 1, b->scales);
            uint8_t q = b->qs[32 * j + lane];
            device const float* yb = y + ib * QK_K + 64 * j + lane;
            sum += (float(b->d) * low.x * (q & 0xF) - float(b->dmin) * low.y) * yb[0];
            sum += (float(b->d) * high.x * (q >> 4) - float(b->dmin) * high.y) * yb[32];
        }
    }
    sum = simd_sum(sum);
    if (lane == 0) dst[row] = sum;
}
