#include <metal_stdlib>
#include <metal_simdgroup_matrix>
using namespace metal;

#define STEEL_CONST static constant constexpr const
#define STEEL_PRAGMA_UNROLL _Pragma("clang loop unroll(full)")

// A tile of a matrix goes into threadgroup memory; what is outside of the matrix becomes zero.
template <typename T, short BROWS, short BCOLS, short THREADS>
struct BlockLoader {
    STEEL_CONST short PER_THREAD = BROWS * BCOLS / THREADS;
    STEEL_CONST short PER_ROW = BCOLS / PER_THREAD;

    const device T* src;
    threadgroup T* dst;
    const int stride;
    const short row;
    const short column;

    METAL_FUNC BlockLoader(const device T* src_, int stride_, threadgroup T* dst_, ushort thread_index)
        : src(src_), dst(dst_), stride(stride_), row(thread_index / PER_ROW),
          column((thread_index % PER_ROW) * PER_THREAD) {}

    METAL_FUNC void load(short rows, short columns) const {
        STEEL_PRAGMA_UNROLL
        for (short i = 0; i < PER_THREAD; i++) {
            bool inside = row < rows && column + i < columns;
            dst[row * BCOLS + column + i] = inside ? src[row * stride + column + i] : T(0);
        }
    }

    METAL_FUNC void next(int step) { src += step; }
};

template <typename T, typename U>
struct TransformAdd {
    const float alpha;
    const float beta;
    METAL_FUNC U apply(U x, U c) const { return x * alpha + beta * c; }
};

template <typename T, short BM, short BN, short BK, short WM, short WN>
struct BlockMMA {
    STEEL_CONST short TM = BM / (WM * 8);
    STEEL_CONST short TN = BN / (WN * 8);
    typedef simdgroup_matrix<T, 8, 8> mat;
    typedef simdgroup_matrix<float, 8, 8> accumulator;

    mat A[TM];
    mat B[TN];
    accumulator C[TM * TN];
    const short row;
    const short column;
    short sm;
    short sn;

    METAL_FUNC BlockMMA(ushort group, ushort lane)
        : row((group / WN) * 8), column((group % WN) * 8) {
        for (short i = 0; i < TM * TN; i++) C[i] = accumulator(0);
        const short qid = lane / 4;
        sm = (qid & 4) + (lane / 2) % 4;
        sn = (qid & 2) * 2 + (lane % 2) * 2;
    }

    METAL_FUNC void mma(const threadgroup T* As, const threadgroup T* Bs) {
        STEEL_PRAGMA_UNROLL
        for (short k = 0; k < BK; k += 8) {
            simdgroup_barrier(mem_flags::mem_none);
            for (short i = 0; i < TM; i++) {
                const threadgroup T* a = As + (row + i * WM * 8 + sm) * BK + k + sn;
                A[i].thread_elements()[0] = a[0];
                A[i].thread_elements()[1] = a[1];
            }
            simdgroup_barrier(mem_flags::mem_none);
            for (short j = 0; j < TN; j++) {
                const threadgroup T* b = Bs + (k + sm) * BN + column + j * WN * 8 + sn;
                B[j].thread_elements()[0] = b[0];
                B[j].thread_elements()[1] = b[1];
            }
            for (short i = 0; i < TM; i++) {
                for (short j = 0; j < TN; j++) {
                    short serpent = i % 2 ? TN - 1 - j : j;
                    simdgroup_multiply_accumulate(C[i * TN + serpent], A[i], B[serpent], C[i * TN + serpent]);
                }
            }
        }
    }

    template <typename Epilogue>
    METAL_FUNC void store(device T* D, int stride, short2 limit, thread const Epilogue& epilogue) const {
        for (short i = 0; i < TM; i++) {
            for (short j = 0; j < TN; j++) {
                thread const auto& held = C[i * TN + j].thread_elements();
                short y = row + i * WM * 8 + sm;
                short x = column + j * WN * 8 + sn;
                for (short e = 0; e < 2; e++) {
                    if (y < limit.y && x + e < limit.x) {
                        device T* d = D + y * stride + x + e;
                        *d = T(epilogue.apply(held[e], float(*d)));
                    }
                }
            }
        }
    }
};

struct Params { int M, N, K; float alpha, beta; };

template <typename T, int BM, int BN, int BK, int WM, int WN>
[[kernel, max_total_threads_per_threadgroup(WM * WN * 32)]]
void gemm(device const T* A [[buffer(0)]], device const T* B [[buffer(1)]], device T* D [[buffer(2)]],
          const constant Params* params [[buffer(3)]], uint simd_lane_id [[thread_index_in_simdgroup]],
          uint simd_group_id [[simdgroup_index_in_threadgroup]], uint3 tid [[threadgroup_position_in_grid]],
          uint lid [[thread_index_in_threadgroup]]) {
    threadgroup T As[BM * BK];
    threadgroup T Bs[BK * BN];
    const int c_row = tid.y * BM;
    const int c_col = tid.x * BN;
    const short rows = short(min(BM, params->M - c_row));
    const short columns = short(min(BN, params->N - c_col));
    BlockLoader<T, BM, BK, WM * WN * 32> loader_a(A + c_row * params->K, params->K, As, lid);
    BlockLoader<T, BK, BN, WM * WN * 32> loader_b(B + c_col, params->N, Bs, lid);
    BlockMMA<T, BM, BN, BK, WM, WN> mma_op(simd_group_id, simd_lane_id);
    for (int k = 0; k < params->K; k += BK) {
        const short depth = short(min(BK, params->K - k));
        threadgroup_barrier(mem_flags::mem_threadgroup);
        loader_a.load(rows, depth);
        loader_b.load(depth, columns);
        threadgroup_barrier(mem_flags::mem_threadgroup);
        mma_op.mma(As, Bs);
        loader_a.next(BK);
        loader_b.next(BK * params->N);
    }
    TransformAdd<T, float> epilogue{params->alpha, params->beta};
    mma_op.store(D + c_row * params->N + c_col, params->N, short2(columns, rows), epilogue);
}

#define instantiate_gemm(name, type, ...) \
    template [[host_name("gemm_" #name)]] [[kernel]] decltype(gemm<type, __VA_ARGS__>) gemm<type, __VA_ARGS__>;
instantiate_gemm(half_2_2, half, 32, 32, 16, 2, 2)
instantiate_gemm(float_1_2, float, 16, 32, 16, 1, 2)
