// What the headers of Metal are written with computes what the functions of the library do.
// version: 3.1
// grid: 40 threads: 40
// buffer 0: uint[40] = 9
// expect 0: uint[40] = 0
#include <metal_stdlib>

#if !defined(__METAL_FAST_MATH__) || __METAL_FAST_MATH__ == __METAL_PRECISE_MATH__
#error the three kinds of mathematics are the same
#endif

namespace metal {
// As shaders do for element types of their own.
METAL_FUNC float half_of(float x) {
    return static_cast<float>(__metal_fmin(__metal_divide(x, 2.0f, __METAL_MAYBE_FAST_MATH__), x, __METAL_MAYBE_FAST_MATH__));
}
}

template <typename T> static bool differs(T a, T b) { return as_type<uint>(a) != as_type<uint>(b); }

static uint mathematics(float x) {
    uint wrong = 0;
    wrong += differs(__metal_acos(x, __METAL_MAYBE_FAST_MATH__), metal::acos(x));
    wrong += differs(__metal_acosh(x, __METAL_MAYBE_FAST_MATH__), metal::acosh(x));
    wrong += differs(__metal_asin(x, __METAL_MAYBE_FAST_MATH__), metal::asin(x));
    wrong += differs(__metal_asinh(x, __METAL_MAYBE_FAST_MATH__), metal::asinh(x));
    wrong += differs(__metal_atan(x, __METAL_MAYBE_FAST_MATH__), metal::atan(x));
    wrong += differs(__metal_atanh(x, __METAL_MAYBE_FAST_MATH__), metal::atanh(x));
    wrong += differs(__metal_ceil(x, __METAL_MAYBE_FAST_MATH__), metal::ceil(x));
    wrong += differs(__metal_cos(x, __METAL_MAYBE_FAST_MATH__), metal::cos(x));
    wrong += differs(__metal_cosh(x, __METAL_MAYBE_FAST_MATH__), metal::cosh(x));
    wrong += differs(__metal_cospi(x, __METAL_MAYBE_FAST_MATH__), metal::cospi(x));
    wrong += differs(__metal_exp(x, __METAL_MAYBE_FAST_MATH__), metal::exp(x));
    wrong += differs(__metal_exp10(x, __METAL_MAYBE_FAST_MATH__), metal::exp10(x));
    wrong += differs(__metal_exp2(x, __METAL_MAYBE_FAST_MATH__), metal::exp2(x));
    wrong += differs(__metal_fabs(x, __METAL_MAYBE_FAST_MATH__), metal::fabs(x));
    wrong += differs(__metal_floor(x, __METAL_MAYBE_FAST_MATH__), metal::floor(x));
    wrong += differs(__metal_fract(x, __METAL_MAYBE_FAST_MATH__), metal::fract(x));
    wrong += differs(__metal_log(x, __METAL_MAYBE_FAST_MATH__), metal::log(x));
    wrong += differs(__metal_log10(x, __METAL_MAYBE_FAST_MATH__), metal::log10(x));
    wrong += differs(__metal_log2(x, __METAL_MAYBE_FAST_MATH__), metal::log2(x));
    wrong += differs(__metal_rint(x, __METAL_MAYBE_FAST_MATH__), metal::rint(x));
    wrong += differs(__metal_round(x, __METAL_MAYBE_FAST_MATH__), metal::round(x));
    wrong += differs(__metal_rsqrt(x, __METAL_MAYBE_FAST_MATH__), metal::rsqrt(x));
    wrong += differs(__metal_saturate(x, __METAL_MAYBE_FAST_MATH__), metal::saturate(x));
    wrong += differs(__metal_sin(x, __METAL_MAYBE_FAST_MATH__), metal::sin(x));
    wrong += differs(__metal_sinh(x, __METAL_MAYBE_FAST_MATH__), metal::sinh(x));
    wrong += differs(__metal_sinpi(x, __METAL_MAYBE_FAST_MATH__), metal::sinpi(x));
    wrong += differs(__metal_sqrt(x, __METAL_MAYBE_FAST_MATH__), metal::sqrt(x));
    wrong += differs(__metal_tan(x, __METAL_MAYBE_FAST_MATH__), metal::tan(x));
    wrong += differs(__metal_tanh(x, __METAL_MAYBE_FAST_MATH__), metal::tanh(x));
    wrong += differs(__metal_tanpi(x, __METAL_MAYBE_FAST_MATH__), metal::tanpi(x));
    wrong += differs(__metal_trunc(x, __METAL_MAYBE_FAST_MATH__), metal::trunc(x));
    wrong += differs(__metal_atan2(x, 0.75f, __METAL_FAST_MATH__), metal::atan2(x, 0.75f));
    wrong += differs(__metal_copysign(x, 0.75f, __METAL_FAST_MATH__), metal::copysign(x, 0.75f));
    wrong += differs(__metal_divide(x, 0.75f, __METAL_FAST_MATH__), metal::divide(x, 0.75f));
    wrong += differs(__metal_fdim(x, 0.75f, __METAL_FAST_MATH__), metal::fdim(x, 0.75f));
    wrong += differs(__metal_fmax(x, 0.75f, __METAL_FAST_MATH__), metal::fmax(x, 0.75f));
    wrong += differs(__metal_fmin(x, 0.75f, __METAL_FAST_MATH__), metal::fmin(x, 0.75f));
    wrong += differs(__metal_fmod(x, 0.75f, __METAL_FAST_MATH__), metal::fmod(x, 0.75f));
    wrong += differs(__metal_pow(x, 0.75f, __METAL_FAST_MATH__), metal::pow(x, 0.75f));
    wrong += differs(__metal_powr(x, 0.75f, __METAL_FAST_MATH__), metal::powr(x, 0.75f));
    wrong += differs(__metal_clamp(x, 0.25f, 0.5f, __METAL_PRECISE_MATH__), metal::clamp(x, 0.25f, 0.5f));
    wrong += differs(__metal_fmax3(x, 0.25f, 0.5f, __METAL_PRECISE_MATH__), metal::fmax3(x, 0.25f, 0.5f));
    wrong += differs(__metal_fmedian3(x, 0.25f, 0.5f, __METAL_PRECISE_MATH__), metal::fmedian3(x, 0.25f, 0.5f));
    wrong += differs(__metal_fmin3(x, 0.25f, 0.5f, __METAL_PRECISE_MATH__), metal::fmin3(x, 0.25f, 0.5f));
    int a = 0;
    int b = 0;
    wrong += differs(__metal_frexp(x, &a), metal::frexp(x, b)) || a != b;
    wrong += differs(__metal_ldexp(x, 3, __METAL_MAYBE_FAST_MATH__), metal::ldexp(x, 3));
    wrong += differs(__metal_fma(x, x, 1.0f), metal::fma(x, x, 1.0f));
    wrong += differs(__metal_nextafter(x, 1.0f), metal::nextafter(x, 1.0f));
    return wrong + differs(metal::half_of(x), x / 2);
}

static uint lanes(uint x) {
    uint wrong = 0;
    wrong += differs(__metal_simd_xor(as_type<float>(x & 0xffff)), as_type<float>(metal::simd_xor(x & 0xffff)));
    wrong += as_type<ushort>(__metal_quad_or(as_type<half>(ushort(x & 0xff)))) != metal::quad_or(ushort(x & 0xff));
    wrong += differs(__metal_simd_broadcast(x, ushort(1)), metal::simd_broadcast(x, ushort(1)));
    wrong += differs(__metal_simd_shuffle(x, ushort(1)), metal::simd_shuffle(x, ushort(1)));
    wrong += differs(__metal_simd_shuffle_up(x, ushort(1)), metal::simd_shuffle_up(x, ushort(1)));
    wrong += differs(__metal_simd_shuffle_down(x, ushort(1)), metal::simd_shuffle_down(x, ushort(1)));
    wrong += differs(__metal_simd_shuffle_rotate_up(x, ushort(1)), metal::simd_shuffle_rotate_up(x, ushort(1)));
    wrong += differs(__metal_simd_shuffle_rotate_down(x, ushort(1)), metal::simd_shuffle_rotate_down(x, ushort(1)));
    wrong += differs(__metal_simd_shuffle_xor(x, ushort(1)), metal::simd_shuffle_xor(x, ushort(1)));
    wrong += differs(__metal_simd_shuffle_and_fill_up(x, x * 3, ushort(1), ushort(4)), metal::simd_shuffle_and_fill_up(x, x * 3, ushort(1), ushort(4)));
    wrong += differs(__metal_simd_shuffle_and_fill_down(x, x * 3, ushort(1), ushort(4)), metal::simd_shuffle_and_fill_down(x, x * 3, ushort(1), ushort(4)));
    wrong += differs(__metal_simd_broadcast_first(x), metal::simd_broadcast_first(x));
    wrong += differs(__metal_simd_sum(x), metal::simd_sum(x));
    wrong += differs(__metal_simd_product(x), metal::simd_product(x));
    wrong += differs(__metal_simd_min(x), metal::simd_min(x));
    wrong += differs(__metal_simd_max(x), metal::simd_max(x));
    wrong += differs(__metal_simd_and(x), metal::simd_and(x));
    wrong += differs(__metal_simd_or(x), metal::simd_or(x));
    wrong += differs(__metal_simd_xor(x), metal::simd_xor(x));
    wrong += differs(__metal_simd_prefix_inclusive_sum(x), metal::simd_prefix_inclusive_sum(x));
    wrong += differs(__metal_simd_prefix_inclusive_product(x), metal::simd_prefix_inclusive_product(x));
    wrong += differs(__metal_simd_prefix_exclusive_sum(x), metal::simd_prefix_exclusive_sum(x));
    wrong += differs(__metal_simd_prefix_exclusive_product(x), metal::simd_prefix_exclusive_product(x));
    wrong += differs(__metal_quad_broadcast(x, ushort(1)), metal::quad_broadcast(x, ushort(1)));
    wrong += differs(__metal_quad_shuffle(x, ushort(1)), metal::quad_shuffle(x, ushort(1)));
    wrong += differs(__metal_quad_shuffle_up(x, ushort(1)), metal::quad_shuffle_up(x, ushort(1)));
    wrong += differs(__metal_quad_shuffle_down(x, ushort(1)), metal::quad_shuffle_down(x, ushort(1)));
    wrong += differs(__metal_quad_shuffle_rotate_up(x, ushort(1)), metal::quad_shuffle_rotate_up(x, ushort(1)));
    wrong += differs(__metal_quad_shuffle_rotate_down(x, ushort(1)), metal::quad_shuffle_rotate_down(x, ushort(1)));
    wrong += differs(__metal_quad_shuffle_xor(x, ushort(1)), metal::quad_shuffle_xor(x, ushort(1)));
    wrong += differs(__metal_quad_shuffle_and_fill_up(x, x * 3, ushort(1), ushort(4)), metal::quad_shuffle_and_fill_up(x, x * 3, ushort(1), ushort(4)));
    wrong += differs(__metal_quad_shuffle_and_fill_down(x, x * 3, ushort(1), ushort(4)), metal::quad_shuffle_and_fill_down(x, x * 3, ushort(1), ushort(4)));
    wrong += differs(__metal_quad_broadcast_first(x), metal::quad_broadcast_first(x));
    wrong += differs(__metal_quad_sum(x), metal::quad_sum(x));
    wrong += differs(__metal_quad_product(x), metal::quad_product(x));
    wrong += differs(__metal_quad_min(x), metal::quad_min(x));
    wrong += differs(__metal_quad_max(x), metal::quad_max(x));
    wrong += differs(__metal_quad_and(x), metal::quad_and(x));
    wrong += differs(__metal_quad_or(x), metal::quad_or(x));
    wrong += differs(__metal_quad_xor(x), metal::quad_xor(x));
    wrong += differs(__metal_quad_prefix_inclusive_sum(x), metal::quad_prefix_inclusive_sum(x));
    wrong += differs(__metal_quad_prefix_inclusive_product(x), metal::quad_prefix_inclusive_product(x));
    wrong += differs(__metal_quad_prefix_exclusive_sum(x), metal::quad_prefix_exclusive_sum(x));
    wrong += differs(__metal_quad_prefix_exclusive_product(x), metal::quad_prefix_exclusive_product(x));
    return wrong;
}

kernel void k(device uint* out [[buffer(0)]], uint i [[thread_position_in_grid]],
              ushort lane [[thread_index_in_simdgroup]]) {
    uint wrong = mathematics(0.5f + float(i) / 64) + lanes(i * 2654435761u);
    wrong += __metal_get_thread_index_in_simdgroup(ushort()) != lane;
    wrong += __metal_get_simdgroup_size(ushort()) != 32;
    wrong += __UINT32_MAX__ != 0xffffffffu || sizeof(__metal_get_simdgroup_size(ushort())) != 2;
    out[i] = wrong;
}
