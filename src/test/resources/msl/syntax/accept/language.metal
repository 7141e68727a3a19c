// Every corner of the grammar that a kernel may reach.
#include <metal_stdlib>
#include <simd/simd.h>
#pragma METAL fp math_mode(safe)

struct Forward;
class Klass { int hidden; public: int shown; protected: int kept; };
namespace a { inline namespace v1 { enum class Color : uchar { red, green = 3, blue [[maybe_unused]] }; } }
namespace b = a;
using Colour = a::Color;
using metal::min;
typedef unsigned long long int wide;
typedef float (*unary_t)(float), table_t[4];
using namespace metal;

template <typename... Ts> struct tuple_like {};
template <typename T, typename... Ts> struct tuple_like<T, Ts...> : tuple_like<Ts...> {
    T value;
    constexpr tuple_like(T v, Ts... vs) : tuple_like<Ts...>(vs...), value(v) {}
};
template <typename... Ts> constexpr int count() { return sizeof...(Ts); }
template <typename... Ts> auto sum(Ts... xs) -> decltype((xs + ...)) { return (... + xs) + (0 + ... + xs) + (xs + ...); }
template <template <typename, int> class C, typename T> struct wrap { C<T, 4> inner; };
template <typename T> constexpr constant bool is_tiny = sizeof(T) < 2;
template <> constexpr constant bool is_tiny<half> = true;
template <typename T, typename = enable_if_t<!is_same_v<T, float> && is_integral<T>::value>> T twice(T x) { return x << 1; }
template <typename T, metal::enable_if_t<(sizeof(T) >= 4), bool> = true> T big(T x) { return x >> 1; }
template <int N> struct fact { static constexpr constant int value = N * fact<N - 1>::value; };
template <> struct fact<0> { enum : int { value = 1 }; };
template struct fact<4>;
extern template struct fact<5>;
constant int shifted = fact<(8 >> 1)>::value;

struct complex64_t {
    float real;
    float imag = 0.0f;
    constexpr complex64_t(float r, float i) : real(r), imag{i} {}
    constexpr complex64_t() = default;
    constexpr complex64_t() threadgroup = default;
    complex64_t(const thread complex64_t&) = delete;
    template <typename T, typename = typename enable_if<is_same<T, float>::value>::type>
    constexpr complex64_t(T x) thread : real(x), imag(0) {}
    template <typename T> constexpr operator T() const device { return static_cast<T>(real); }
    explicit constexpr operator float() const thread { return real; }
    constexpr operator thread float*() { return &real; }
    thread complex64_t& operator+=(complex64_t other) thread { real += other.real; return *this; }
    float operator()(int i, int j = 2) const { return i ? real : imag; }
    float operator[](uint i) const constant { return i == 0 ? real : imag; }
    bool operator<(complex64_t o) const; bool operator>(complex64_t o) const; bool operator>>(int) const;
    friend complex64_t operator-(complex64_t a, complex64_t b);
    friend struct Forward;
    struct Nested { using type = uint; type t; static constexpr int K = 3; };
    Nested::type nested_method(later l) { later::inner i; return i.x + l.y; }
    struct later { struct inner { uint x; }; int y; };
    ~complex64_t() = default;
    unsigned bits : 3, : 2, more : 4;
    void qualified() const & noexcept;
    void rvalue() && noexcept(true);
};
constexpr complex64_t operator-(complex64_t a, complex64_t b) { return {a.real - b.real, a.imag - b.imag}; }
bool complex64_t::operator<(complex64_t o) const { Nested n; return real < o.real || n.t < 3; }
template <typename T> struct Outer { struct In { T x; }; T get() const; template <int N> T at(); In make(); Outer(); };
template <typename T> T Outer<T>::get() const { In local; return local.x; }
template <typename T> template <int N> T Outer<T>::at() { return T(N); }
template <typename T> typename Outer<T>::In Outer<T>::make() { return In{T(1)}; }
template <typename T> Outer<T>::Outer() {}

union bits32 { float f; uint u; uchar c[4]; };
struct [[gnu::packed]] alignas(16) Aligned { alignas(8) uint8_t a; float4 b __attribute__((aligned(16))); };
static inline __attribute__((always_inline)) float helper(float x) { return x; }
constant float table[2][3] = {{1, 2, 3}, {4, 5, 6}};
constant struct { int a; float b; } pair = { .a = 1, .b = 2 };
constant uint big_number = 0xFFFF'FFFFu, binary = 0b1010, octal = 0755;
constant float floats[] = { 1.0, .5f, 1e-3f, 0x1.8p3f, 1.5h, 2.0bf, 1'000.5F, 3.f };
uint gid [[thread_position_in_grid]];
float apply(float (*f)(float), float x) { return f(x); }
float first(thread float (&array)[4]) { return array[0]; }
device float* pick(device float* p, device float* const q, thread float* thread * pp) { return p ? p : q; }
auto trailing(int x) -> int { return x; }
decltype(auto) deduced(int x) { return (x); }

kernel void all(device int* out [[buffer(0)]], constant Aligned* in, texture2d<float, access::read_write> tex [[texture(0)]],
                array<texture2d<float>, 4> texs [[texture(1)]], sampler smp [[sampler(0)]], device atomic_uint& counter) {
    int a = 1, b(2), c{3}, *d = &a;
    float4 v = float4(1, 2.0f, float2(3)), w{v.xy, 1, 2};
    float4 x(v), y(float3(1), 2);
    const auto e = 5u; auto& f = a;
    half h = 1.0h; bfloat bf = bfloat(1.0);
    int vexing();
    int shifts = a >> b, cmp = a > b, nested = (a < b) > (c); a >>= 1; a <<= 2;
    vec<float, (2 > 1 ? 4 : 2)> vv; vec<vec<float, 2>, 2> *vvv; array<array<int, 2>, 3> aa = {{{1, 2}}};
    bool less = a < b, more = b > c;
    uint bits = as_type<uint>(1.0f), neg = as_type<int>(~0u);
    float m = metal::max(1.0f, metal::precise::exp(2.0f)) + min<float>(1, 2) + ::metal::fast::sin(1.0f);
    atomic_fetch_add_explicit(&counter, 1u, memory_order_relaxed);
    atomic_store_explicit((device atomic_int*)out, 3, memory_order::memory_order_relaxed);
    int size = sizeof(float4) + sizeof a + sizeof(a) + sizeof(a + b) + alignof(Aligned);
    (void)size; (void)(a, b);
    float cast = (float)a + (float)(b) - (float)-c * float(a) + static_cast<float>(a) + (float4)(1).x;
    int ternary = a ? b ? 1 : 2 : c ? 3 : 4;
    Colour colour = a::Color::green; if (colour == b::Color::blue) a = int(colour);
    complex64_t z(1, 2), zz = {1, 2}, zzz; z += zz; zzz = z - zz; float r = z(1) + z(1, 2), re = float(z);
    bits32 u = {1.0f}; u.u ^= 0x80000000; u.c[0]++;
    for (int i = 0, j = 10; i < j; ++i, --j) { if (i == 3) continue; else break; }
    for (;;) { break; }
    for (int value : {1, 2, 3}) a += value;
    for (auto [p, q] : aa) { a += p; }
    while (a --> 0) ;
    while (int t = a) { a = t - 1; }
    do { a++; } while (a < 3);
    if (int t = a; t > 3) a = t; else if (a == 2) { } else a = 3;
    switch (a) { case 0: case 1: a = 2; break; case 2 ... 4: { a = 3; } default: ; }
#pragma unroll(4)
    for (int i = 0; i < 4; i++) a += i;
    #pragma clang loop unroll(full) vectorize(enable)
    for (int i = 0; i < 4; i++) a += i;
    auto lambda = [&, c](int k, auto g) mutable -> int { return k + c + a; };
    a = lambda(1, 2) + [] { return 1; }();
    [[maybe_unused]] int unused; [[likely]] a = 4;
    using local_t = float; typedef int local_i; struct Local { local_t q; } local; enum { L1, L2 = L1 + 3 };
    static_assert(sizeof(float4) == 16, "size" " joined"); static_assert(true);
    goto end; end: a = 1;
    int n = *d * *d, addr = *&a, neg2 = - -a, notted = !!a, comp = ~a & 3 && a | 4;
    v.xyzw = v.wzyx; v.x *= 2; v[0] = 1; out[a ? 0 : 1] = v.x > 0 && v.y < 1;
    tex.write(float4(0), ushort2(0, 0)); float4 s = texs[0].sample(smp, float2(.5));
    simd_vote vote = simd_ballot(true); ulong vt = (simd_vote::vote_t)vote;
    constexpr sampler cs(coord::normalized, address::clamp_to_edge, filter::linear);
    Outer<float> outer; outer.at<3>(); float got = outer.get() < 3; outer.template at<4>();
    threadgroup int shared[32]; threadgroup int (*sp)[32] = &shared; threadgroup_barrier(mem_flags::mem_threadgroup);
    numeric_limits<float>::max(); typename metal::make_unsigned<int>::type mu = 3; metal::make_unsigned<int>::type mv = 3;
    float inf = INFINITY + NAN - M_PI_F + FLT_MAX + M_PI_H; int fn = __LINE__; 
    if (not a and b or c xor 1) return;
    metal::float4 qualified = metal::float4(0); int(parenthesised) = 3; float4(*ptr)[2];
    (a) = (b) + (c); (a)++; out[0] = (a < b) ? (c) : -(c); uint64_t big64 = 1ull << 40 | 3ul; wide ww = 5;
    return;
}
