// Traits by the names that the headers of Metal have for them; hints of loops in a template that nobody uses.
// version: 3.1
// grid: 1 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 3 5 1 7
#include <metal_stdlib>
using namespace metal;

template <typename T> constexpr constant bool is_small = _disjunction<is_same<T, int>, is_same<T, float>>::value;
template <typename T> constexpr constant bool is_both = _conjunction<is_integral<T>, is_signed<T>>::value;

template <typename T, enable_if_t<is_small<T>, bool> = true> int kind(T) { return 1; }
template <> int kind<float>(float) { return 3; }
template <typename T, enable_if_t<!is_small<T>, bool> = true> int kind(T) { return 5; }

static_assert(is_both<int> && !is_both<uint> && !is_both<float>, "a conjunction");
static_assert(__is_valid_simdgroup_type<half4>::value && __is_valid_simdgroup_type<ushort>::value, "are shuffled");
static_assert(!__is_valid_simdgroup_type<ulong>::value && !__is_valid_simdgroup_type<bool2>::value, "are not");
static_assert(!__is_valid_simdgroup_type<bfloat>::value && !__is_valid_simdgroup_type<thread int*>::value, "nor are");

static_assert(is_integral<const uint3>::value && is_integral_v<short2> && !is_integral_v<float2>, "of vectors too");

template <typename T> void unused(thread T* values) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; ++i) values[i] = 0;
#pragma clang loop unroll(disable) vectorize(enable)
    for (int i = 0; i < 4; ++i) values[i] = 0;
}

// A result is an object of the thread anyhow.
static inline thread ushort lane(thread const int v) { return ushort(v & 7); }

kernel void names(device int* out [[buffer(0)]]) {
    out[0] = kind(1.0f);
    out[1] = kind(1u);
    out[2] = kind(1);
    out[3] = lane(15);
}
