#include <metal_stdlib>
using namespace metal;

#define MAX(x, y) ((x) > (y) ? (x) : (y))
#define SWAP(x, y) { auto tmp = (x); (x) = (y); (y) = tmp; }
#define N_SIMDWIDTH 32
#define FC_MUL_MV 600
#define FOR_UNROLL(x) _Pragma("clang loop unroll(full)") for (x)
#define QK4_0 32

constant short FC_mul_mv_nsg [[function_constant(FC_MUL_MV + 0)]];
constexpr constant static float kvalues_iq4nl_f[16] = {
    -127.f, -104.f, -83.f, -65.f, -49.f, -35.f, -22.f, -10.f, 1.f, 13.f, 25.f, 38.f, 53.f, 69.f, 89.f, 113.f
};

typedef struct {
    half d;           // delta
    uint8_t qs[QK4_0 / 2];
} block_q4_0;
static_assert(sizeof(block_q4_0) == sizeof(half) + QK4_0 / 2, "wrong q4_0 block size/padding");

typedef struct {
    union {
        struct {
            half d;
            half m;
        };
        half2 dm;
    };
    uint8_t qs[QK4_0 / 2];
} block_q4_1;

struct block_q_n_dot { float4x4 reg; };
typedef matrix<half, 4, 4> half4x4_t;
typedef half4x4 thread * half_ptr;

template <typename type4x4>
void dequantize_f32(device const float4x4 * src, short il, thread type4x4 & reg) {
    reg = (type4x4)(*src);
}

template <typename type4x4>
void dequantize_q4_0(device const block_q4_0 * xb, short il, thread type4x4 & reg) {
    device const uint16_t * qs = ((device const uint16_t *)xb + 1);
    const float d1 = il ? (xb->d / 16.h) : xb->d;
    const ushort mask0 = il ? 0x00F0 : 0x000F;
    float4x4 reg_f;
    for (int i = 0; i < 8; i++) {
        reg_f[i/2][2*(i%2) + 0] = d1 * (qs[i] & mask0);
        reg_f[i/2][2*(i%2) + 1] = d1 * (qs[i] & (mask0 << 8));
    }
    reg = (type4x4) reg_f;
}

typedef struct {
    int32_t ne00;
    uint64_t nb01;
    int16_t r2, r3;
} ggml_metal_kargs_mul_mv;

enum ggml_sort_order {
    GGML_SORT_ORDER_ASC,
    GGML_SORT_ORDER_DESC,
};

template <typename block_q_type, short NR0, typename args_t>
void mul_vec_q_n_f32_impl(args_t args, device const char * src0, device char * dst,
        threadgroup char * shmem, uint3 tgpig, ushort tiisg, ushort sgitg) {
    const short NSG = FC_mul_mv_nsg;
    device const block_q_type * ax[NR0];
    FOR_UNROLL (int row = 0; row < NR0; ++row) {
        const uint64_t offset0 = (uint64_t) row*args.nb01;
        ax[row] = (device const block_q_type *) ((device char *) src0 + offset0);
    }
    float sumf[NR0] = {0.f};
    float yl[16];
    device const float * y4[4];
    for (short i = 0; i < 8; i += 2) {
        yl[i+0] = float(NSG); yl[i+1] = -yl[i];
    }
    if (tiisg % 4 == 0 && sgitg == 0) { sumf[0] = simd_sum(sumf[0]); }
    float4 v = float4{yl[0], yl[1], 0, 0};
    dst[0] = (char)(v.x + dot(v, v)) ? 'a' : '\n';
}

template <typename T, typename T4x4, typename block_q, short nl, void (*dequantize_func)(device const block_q *, short, thread T4x4 &)>
kernel void kernel_get_rows(
        constant ggml_metal_kargs_mul_mv & args,
        device const void * src0,
        device       char * dst,
        uint3               tgpig[[threadgroup_position_in_grid]],
        ushort3             ntg  [[threads_per_threadgroup]]) {
    T4x4 temp;
    dequantize_func(((device const block_q *) ((const device char *) src0 + args.nb01)) + tgpig.x/nl, tgpig.x%nl, temp);
    *(((device float4x4 *) ((device char *) dst)) + tgpig.x) = temp;
}

typedef decltype(kernel_get_rows<float, float4x4, float4x4, 1, dequantize_f32<float4x4>>) get_rows_t;
template [[host_name("kernel_get_rows_f32")]] kernel get_rows_t kernel_get_rows<float, float4x4, float4x4, 1, dequantize_f32>;
template [[host_name("kernel_get_rows_q4_0")]] kernel decltype(kernel_get_rows<half, float4x4, block_q4_0, 2, dequantize_q4_0<float4x4>>) kernel_get_rows<half, float4x4, block_q4_0, 2, dequantize_q4_0>;

typedef void (argsort_t)(device const char * x, device int32_t * dst, constant int64_t & ncols, uint3 tgpig[[threadgroup_position_in_grid]]);

template<ggml_sort_order order>
kernel void kernel_argsort(device const char * x, device int32_t * dst, constant int64_t & ncols, uint3 tgpig[[threadgroup_position_in_grid]]) {
    if (order == GGML_SORT_ORDER_ASC ? x[0] > x[1] : x[0] < x[1]) {
        SWAP(dst[0], dst[1]);
    }
    switch (order) {
        case GGML_SORT_ORDER_ASC: break;
        case GGML_SORT_ORDER_DESC:
        default: { dst[2] = MAX(dst[0], dst[1]); } break;
    }
}
template [[host_name("kernel_argsort_asc")]]  kernel argsort_t kernel_argsort<GGML_SORT_ORDER_ASC>;
template [[host_name("kernel_argsort_desc")]] kernel argsort_t kernel_argsort<GGML_SORT_ORDER_DESC>;
