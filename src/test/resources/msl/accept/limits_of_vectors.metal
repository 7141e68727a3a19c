// numeric_limits has vectors, and shaders extend it for types of their own; what it lacks they define beside it.
// grid: 1 threads: 1
// buffer 0: float[10] = 0
// expect 0: float[10] = 1 -65504 1 -1 5 1 1 1 0 1
#include <metal_stdlib>
using namespace metal;

struct F { int e; };
template <> struct metal::_numeric_limits_impl<F> {
    static constexpr F lowest() { return F{-1}; }
    static constexpr F max() { return F{5}; }
};
namespace metal {
template <typename T> struct is_empty : bool_constant<__is_empty(T)> {};
template <typename T> constexpr constant bool is_empty_v = is_empty<T>::value;
template <typename...> struct make_void { typedef void type; };
template <typename... Ts> using void_t = typename make_void<Ts...>::type;
template <typename T> struct pointer_element {};
template <typename T> struct pointer_element<device T*> { using type = T; };
template <typename T> using pointer_element_t = typename pointer_element<remove_cv_t<T>>::type;
}
struct Nothing {};

kernel void k(device float* out [[buffer(0)]]) {
    out[0] = all(numeric_limits<float2>::max() == float2(FLT_MAX));
    out[1] = numeric_limits<vec<half, 4>>::lowest().w;
    out[2] = all(numeric_limits<int3>::min() == int3(INT_MIN));
    out[3] = numeric_limits<F>::lowest().e;
    out[4] = numeric_limits<F>::max().e;
    out[5] = all(isinf(numeric_limits<float4>::infinity()));
    constexpr float step = metal::numeric_limits<float>::epsilon();
    out[6] = step == FLT_EPSILON;
    out[7] = is_empty<Nothing>::value;
    out[8] = is_empty_v<F>;
    out[9] = is_same_v<pointer_element_t<device int*>, int>;
}
