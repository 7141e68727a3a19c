#include <metal_stdlib>
using namespace metal;

// Attention of eight queries per threadgroup over blocks of eight keys, with the softmax computed on the way.
template <typename T, int D>
struct Attention {
    static constexpr constant int TILES = D / 8;

    simdgroup_matrix<T, 8, 8> query[TILES];
    threadgroup float* scores;   // 8 x 8
    threadgroup float* sums;     // 8 x D

    Attention(threadgroup float* scores, threadgroup float* sums) thread : scores(scores), sums(sums) {}

    void loadQuery(device const T* q) thread {
        for (int i = 0; i < TILES; i++) simdgroup_load(query[i], q + 8 * i, D);
    }

    void score(device const T* k) thread {
        simdgroup_float8x8 s = make_filled_simdgroup_matrix<float, 8>(0.f);
        for (int i = 0; i < TILES; i++) {
            simdgroup_matrix<T, 8, 8> key;
            simdgroup_load(key, k + 8 * i, D, 0, true);
            simdgroup_multiply_accumulate(s, query[i], key, s);
        }
        simdgroup_store(s, scores, 8);
    }

    void add(device const T* v, threadgroup const float* weights) thread {
        simdgroup_float8x8 w;
        simdgroup_load(w, weights, 8);
        for (int i = 0; i < TILES; i++) {
            simdgroup_matrix<T, 8, 8> value;
            simdgroup_float8x8 o;
            simdgroup_load(value, v + 8 * i, D);
            simdgroup_load(o, sums + 8 * i, D);
            simdgroup_multiply_accumulate(o, w, value, o);
            simdgroup_store(o, sums + 8 * i, D);
        }
    }
};

template <typename T, int D>
kernel void attention(device const T* q [[buffer(0)]], device const T* k [[buffer(1)]], device const T* v [[buffer(2)]],
                      device float* out [[buffer(3)]], constant int& keys [[buffer(4)]],
                      constant float& scale [[buffer(5)]], uint group [[threadgroup_position_in_grid]],
                      ushort lane [[thread_index_in_simdgroup]]) {
    threadgroup float scores[64];
    threadgroup float sums[8 * D];
    threadgroup float highest[8];
    threadgroup float total[8];
    for (int i = lane; i < 8 * D; i += 32) sums[i] = 0;
    if (lane < 8) {
        highest[lane] = -INFINITY;
        total[lane] = 0;
    }
    simdgroup_barrier(mem_flags::mem_threadgroup);
    Attention<T, D> attention(scores, sums);
    attention.loadQuery(q + group * 8 * D);
    for (int block = 0; block < keys; block += 8) {
        attention.score(k + block * D);
        simdgroup_barrier(mem_flags::mem_threadgroup);
        for (int row = 0; row < 8; row++) {
            float s = lane < 8 ? scores[8 * row + lane] * scale : -INFINITY;
            float before = highest[row];
            float now = simd_max(max(s, before));
            float p = lane < 8 ? exp(s - now) : 0.f;
            float shrink = exp(before - now);
            float sum = simd_sum(p);
            if (lane < 8) scores[8 * row + lane] = p;
            if (lane == 0) {
                highest[row] = now;
                total[row] = total[row] * shrink + sum;
            }
            for (int i = lane; i < D; i += 32) sums[row * D + i] *= shrink;
        }
        simdgroup_barrier(mem_flags::mem_threadgroup);
        attention.add(v + block * D, scores);
        simdgroup_barrier(mem_flags::mem_threadgroup);
    }
    for (int i = lane; i < 8 * D; i += 32) out[group * 8 * D + i] = sums[i] / total[i / D];
}

typedef decltype(attention<half, 32>) attention_t;
template [[host_name("attention_half_32")]] kernel attention_t attention<half, 32>;
template [[host_name("attention_float_64")]] kernel decltype(attention<float, 64>) attention<float, 64>;
