#include <metal_stdlib>
using namespace metal;

constant constexpr uint SIMD_SIZE = 32;
static constant float EPSILON = 1e-5f;

template <typename T>
struct SumOp {
    static constexpr constant T init = T(0);
    T operator()(T a, T b) const { return a + b; }
    T simd_reduce(T v) thread const { return simd_sum(v); }
};

template <typename T>
struct MaxOp {
    static constexpr constant T init = numeric_limits<T>::lowest();
    T operator()(T a, T b) const { return max(a, b); }
    T simd_reduce(T v) { return simd_max(v); }
};

template <typename T, typename Op, int N_READS = 4>
[[kernel]] void reduce(
    const device T* in [[buffer(0)]],
    device T* out [[buffer(1)]],
    constant size_t& n [[buffer(2)]],
    threadgroup T* shared [[threadgroup(0)]],
    uint lid [[thread_index_in_threadgroup]],
    uint tid [[threadgroup_position_in_grid]],
    uint lane [[thread_index_in_simdgroup]],
    uint group [[simdgroup_index_in_threadgroup]],
    uint groups [[simdgroups_per_threadgroup]]) {
    Op op;
    T total = Op::init;
    threadgroup T local_values[SIMD_SIZE];
    #pragma unroll
    for (int i = 0; i < N_READS; i++) {
        size_t at = tid * 1024ul + lid * N_READS + i;
        if (at < n) { total = op(total, in[at]); }
    }
    total = op.simd_reduce(total);
    if (lane == 0) local_values[group] = total;
    threadgroup_barrier(mem_flags::mem_threadgroup | mem_flags::mem_device);
    for (uint s = groups >> 1; s > 0; s >>= 1) {
        if (lid < s) local_values[lid] = op(local_values[lid], local_values[lid + s]);
        threadgroup_barrier(mem_flags::mem_threadgroup);
    }
    if (lid == 0) { out[tid] = local_values[0]; }
}

#define instantiate_reduce(name, type, op) \
    template [[host_name("reduce_" #name)]] [[kernel]] void reduce<type, op<type>>( \
        const device type*, device type*, constant size_t&, threadgroup type*, uint, uint, uint, uint, uint);

instantiate_reduce(sum_f32, float, SumOp)
instantiate_reduce(max_f16, half, MaxOp)

typedef decltype(reduce<float, SumOp<float>, 8>) reduce_t;
template [[host_name("reduce_sum8")]] kernel reduce_t reduce<float, SumOp<float>, 8>;
template [[host_name("reduce_max8")]] kernel decltype(reduce<float, MaxOp<float>, 8>) reduce<float, MaxOp<float>, 8>;
