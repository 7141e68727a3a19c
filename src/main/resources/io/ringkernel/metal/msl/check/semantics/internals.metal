// Functions that the headers of Metal are written with. Shaders that extend the library call them too; the last
// argument of a mathematical one says how exact it has to be, which changes nothing here.

#define ONE(NAME) template <typename T> constexpr T __metal_##NAME(T x, int) { return metal::NAME(x); }
#define TWO(NAME) template <typename T> constexpr T __metal_##NAME(T x, T y, int) { return metal::NAME(x, y); }
#define THREE(NAME) template <typename T> constexpr T __metal_##NAME(T x, T y, T z, int) { return metal::NAME(x, y, z); }
ONE(acos) ONE(acosh) ONE(asin) ONE(asinh) ONE(atan) ONE(atanh) ONE(ceil) ONE(cos) ONE(cosh) ONE(cospi)
ONE(exp) ONE(exp10) ONE(exp2) ONE(fabs) ONE(floor) ONE(fract) ONE(log) ONE(log10) ONE(log2)
ONE(rint) ONE(round) ONE(rsqrt) ONE(saturate) ONE(sin) ONE(sinh) ONE(sinpi) ONE(sqrt) ONE(tan) ONE(tanh) ONE(tanpi)
ONE(trunc)
TWO(atan2) TWO(copysign) TWO(divide) TWO(fdim) TWO(fmax) TWO(fmin) TWO(fmod) TWO(pow) TWO(powr)
THREE(clamp) THREE(fmax3) THREE(fmedian3) THREE(fmin3)
#undef ONE
#undef TWO
#undef THREE

template <typename T, typename K> constexpr T __metal_ldexp(T x, K k, int) { return metal::ldexp(x, k); }
template <typename T> constexpr T __metal_fma(T x, T y, T z) { return metal::fma(x, y, z); }
template <typename T> constexpr T __metal_nextafter(T x, T y) { return metal::nextafter(x, y); }
template <typename T, typename K> T __metal_frexp(T x, thread K* exponent) { return metal::frexp(x, *exponent); }

#define MOVE(GROUP, NAME)                                                                                              \
    template <typename T> T __metal_##GROUP##_##NAME(T data, ushort lane) { return metal::GROUP##_##NAME(data, lane); }
#define FILL(GROUP, NAME)                                                                                              \
    template <typename T> T __metal_##GROUP##_##NAME(T data, T fill, ushort delta, ushort modulo) {                    \
        return metal::GROUP##_##NAME(data, fill, delta, modulo);                                                       \
    }
#define COMBINE(GROUP, NAME)                                                                                           \
    template <typename T> T __metal_##GROUP##_##NAME(T data) { return metal::GROUP##_##NAME(data); }
// Floats are combined as bits.
#define BITWISE(GROUP, NAME)                                                                                           \
    COMBINE(GROUP, NAME)                                                                                               \
    inline float __metal_##GROUP##_##NAME(float data) {                                                                \
        return as_type<float>(metal::GROUP##_##NAME(as_type<uint>(data)));                                             \
    }                                                                                                                  \
    inline half __metal_##GROUP##_##NAME(half data) {                                                                  \
        return as_type<half>(metal::GROUP##_##NAME(as_type<ushort>(data)));                                            \
    }
#define LANES(GROUP)                                                                                                   \
    MOVE(GROUP, broadcast) MOVE(GROUP, shuffle) MOVE(GROUP, shuffle_up) MOVE(GROUP, shuffle_down)                      \
    MOVE(GROUP, shuffle_rotate_up) MOVE(GROUP, shuffle_rotate_down) MOVE(GROUP, shuffle_xor)                           \
    FILL(GROUP, shuffle_and_fill_up) FILL(GROUP, shuffle_and_fill_down)                                                \
    COMBINE(GROUP, broadcast_first) COMBINE(GROUP, sum) COMBINE(GROUP, product) COMBINE(GROUP, min)                    \
    COMBINE(GROUP, max) BITWISE(GROUP, and) BITWISE(GROUP, or) BITWISE(GROUP, xor)                                     \
    COMBINE(GROUP, prefix_inclusive_sum) COMBINE(GROUP, prefix_inclusive_product)                                      \
    COMBINE(GROUP, prefix_exclusive_sum) COMBINE(GROUP, prefix_exclusive_product)
LANES(simd)
LANES(quad)
#undef LANES
#undef BITWISE
#undef COMBINE
#undef FILL
#undef MOVE

// The argument only says of which type the result is.
template <typename T> T __metal_get_thread_index_in_simdgroup(T) { return T(metal::__thread_index_in_simdgroup()); }
template <typename T> constexpr T __metal_get_simdgroup_size(T) { return T(32); }
