#include <metal_stdlib>
using namespace metal;

// Combines a value of each thread of a threadgroup: in each SIMD-group, then what those have.
template <typename Op>
static float over_group(float value, threadgroup float* shared, float start, ushort sgitg, ushort tiisg, ushort groups, Op op) {
    value = op.simd(value);
    if (groups > 1) {
        if (sgitg == 0) shared[tiisg] = start;
        threadgroup_barrier(mem_flags::mem_threadgroup);
        if (tiisg == 0) shared[sgitg] = value;
        threadgroup_barrier(mem_flags::mem_threadgroup);
        value = op.simd(shared[tiisg]);
        threadgroup_barrier(mem_flags::mem_threadgroup);
    }
    return value;
}
struct Sum { float simd(float x) const { return simd_sum(x); } };
struct Max { float simd(float x) const { return simd_max(x); } };

kernel void rms_norm(device const float4* x [[buffer(0)]], device float4* y [[buffer(1)]],
                     constant int& columns [[buffer(2)]], constant float& eps [[buffer(3)]],
                     threadgroup float* shared [[threadgroup(0)]], uint row [[threadgroup_position_in_grid]],
                     ushort tpitg [[thread_index_in_threadgroup]], ushort sgitg [[simdgroup_index_in_threadgroup]],
                     ushort tiisg [[thread_index_in_simdgroup]], ushort ntg [[threads_per_threadgroup]],
                     ushort groups [[simdgroups_per_threadgroup]]) {
    device const float4* in = x + row * columns / 4;
    float sum = 0;
    for (int i = tpitg; i < columns / 4; i += ntg) sum += dot(in[i], in[i]);
    sum = over_group(sum, shared, 0.f, sgitg, tiisg, groups, Sum());
    const float scale = 1.f / sqrt(sum / columns + eps);
    for (int i = tpitg; i < columns / 4; i += ntg) y[row * columns / 4 + i] = in[i] * scale;
}

kernel void soft_max(device const float* x [[buffer(0)]], device float* y [[buffer(1)]],
                     constant int& columns [[buffer(2)]], constant float& scale [[buffer(3)]],
                     threadgroup float* shared [[threadgroup(0)]], uint row [[threadgroup_position_in_grid]],
                     ushort tpitg [[thread_index_in_threadgroup]], ushort sgitg [[simdgroup_index_in_threadgroup]],
                     ushort tiisg [[thread_index_in_simdgroup]], ushort ntg [[threads_per_threadgroup]],
                     ushort groups [[simdgroups_per_threadgroup]]) {
    device const float* in = x + row * columns;
    device float* out = y + row * columns;
    float highest = -INFINITY;
    for (int i = tpitg; i < columns; i += ntg) highest = max(highest, in[i] * scale);
    highest = over_group(highest, shared, -INFINITY, sgitg, tiisg, groups, Max());
    float sum = 0;
    for (int i = tpitg; i < columns; i += ntg) {
        const float e = exp(in[i] * scale - highest);
        out[i] = e;
        sum += e;
    }
    sum = over_group(sum, shared, 0.f, sgitg, tiisg, groups, Sum());
    for (int i = tpitg; i < columns; i += ntg) out[i] /= sum;
}

template <typename T>
kernel void rope(device const T* in [[buffer(0)]], device T* out [[buffer(1)]], constant float& base [[buffer(2)]],
                 constant int& offset [[buffer(3)]], uint3 pos [[thread_position_in_grid]],
                 uint3 grid [[threads_per_grid]]) {
    float d = static_cast<float>(pos.x) / static_cast<float>(grid.x);
    float theta = (offset + float(pos.y)) * metal::exp2(-d * base);
    float c = metal::fast::cos(theta);
    float s = metal::fast::sin(theta);
    size_t at = size_t(pos.z * grid.y + pos.y) * 2 * grid.x + pos.x;
    float x1 = static_cast<float>(in[at]);
    float x2 = static_cast<float>(in[at + grid.x]);
    out[at] = static_cast<T>(x1 * c - x2 * s);
    out[at + grid.x] = static_cast<T>(x1 * s + x2 * c);
}
template [[host_name("rope_float")]] kernel decltype(rope<float>) rope<float>;
