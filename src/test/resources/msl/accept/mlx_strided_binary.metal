// kernel: add_g_float
// grid: 3,2 threads: 3,2
// buffer 0: float[6] = 1 2 3 4 5 6
// buffer 1: float[3] = 10 20 30
// buffer 2: float[6] = 0
// buffer 3: long[2] = 3 1
// buffer 4: long[2] = 0 1
// expect 2: float[6] = 11 22 33 14 25 36
#include <metal_stdlib>
using namespace metal;
#define METAL_FUNC inline __attribute__((__always_inline__))
struct Add {
    template <typename T> T operator()(T x, T y) { return x + y; }
};
struct Divide {
    template <typename T> T operator()(T x, T y) { return x / y; }
    template <> float operator()(float x, float y) { return precise::divide(x, y); }
};
template <typename IdxT = int64_t>
METAL_FUNC IdxT elem_to_loc_2(uint2 elem, constant const int64_t strides[2]) {
    return elem.x * IdxT(strides[1]) + elem.y * IdxT(strides[0]);
}
template <typename T, typename U, typename Op, typename IdxT = int64_t>
[[kernel]] void binary_g_nd2(device const T* a [[buffer(0)]],
                             device const T* b [[buffer(1)]],
                             device U* c [[buffer(2)]],
                             constant const int64_t a_strides[2] [[buffer(3)]],
                             constant const int64_t b_strides[2] [[buffer(4)]],
                             uint2 index [[thread_position_in_grid]],
                             uint2 grid_dim [[threads_per_grid]]) {
    auto a_idx = elem_to_loc_2<IdxT>(index, a_strides);
    auto b_idx = elem_to_loc_2<IdxT>(index, b_strides);
    IdxT out_idx = index.x + IdxT(grid_dim.x) * index.y;
    c[out_idx] = Op()(a[a_idx], b[b_idx]);
}
#define instantiate_kernel(name, func, ...) \
    template [[host_name(name)]] [[kernel]] decltype(func<__VA_ARGS__>) func<__VA_ARGS__>;
instantiate_kernel("add_g_float", binary_g_nd2, float, float, Add)
