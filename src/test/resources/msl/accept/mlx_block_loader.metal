// kernel: load_tiles
// grid: 4 threads: 4
// buffer 0: float[16] = 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
// buffer 1: float[4] = 0
// expect 1: float[4] = 28 32 36 40
#include <metal_stdlib>
using namespace metal;
template <typename T, short ROWS, short COLS, short TGP_SIZE> struct BlockLoader {
    static constant constexpr const short per_thread = (ROWS * COLS) / TGP_SIZE;
    const int src_ld;
    const short thread_idx;
    threadgroup T* dst;
    const device T* src;
    METAL_FUNC BlockLoader(const device T* src_, const int src_ld_, threadgroup T* dst_, ushort lane)
        : src_ld(src_ld_), thread_idx(lane), dst(dst_ + lane * per_thread), src(src_ + lane * per_thread) {}
    METAL_FUNC void load_unsafe() const {
#pragma clang loop unroll(full)
        for (short i = 0; i < per_thread; i++) {
            dst[i] = src[i];
        }
    }
    METAL_FUNC void next() { src += src_ld; }
};
template <typename T, int N> struct pack {
    T v[N];
};
kernel void load_tiles(const device float* in [[buffer(0)]], device float* out [[buffer(1)]],
                       ushort lane [[thread_index_in_threadgroup]]) {
    threadgroup float tile[8];
    BlockLoader<float, 2, 4, 4> loader(in, 8, tile, lane);
    pack<float, 2> sums = {{0, 0}};
    for (int step = 0; step < 2; ++step) {
        loader.load_unsafe();
        threadgroup_barrier(mem_flags::mem_threadgroup);
        for (int r = 0; r < 2; ++r) {
            sums.v[r] += tile[r * 4 + lane];
        }
        threadgroup_barrier(mem_flags::mem_threadgroup);
        loader.next();
    }
    out[lane] = sums.v[0] + sums.v[1];
}
