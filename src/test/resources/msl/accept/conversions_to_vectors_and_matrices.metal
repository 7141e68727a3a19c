// kernel: k
// grid: 1 threads: 1
// buffer 0: float[10] = 0
// expect 0: float[10] = 4 4 4 4 4 5 5 6 8 8
struct Columns {
    float2 a, b;
    operator float2x2() const { return float2x2(a, b); }
};
struct Any {
    float x;
    template <typename U> operator matrix<U, 2, 2>() const { return matrix<U, 2, 2>(U(x)); }
    template <typename U> operator vec<U, 2>() const { return vec<U, 2>(U(x)); }
};
struct Splat {
    float x;
    operator float3() const { return float3(x); }
};
struct Explicit {
    float x;
    explicit operator float2x2() const { return float2x2(x); }
    explicit operator float2() const { return float2(x); }
};
kernel void k(device float* out) {
    Columns c{float2(1, 2), float2(3, 4)};
    out[0] = float2x2(c)[1].y;
    float2x2 direct(c);
    out[1] = direct[1].y;
    float2x2 copied = c;
    out[2] = copied[1].y;
    out[3] = ((float2x2)c)[1].y;
    out[4] = static_cast<float2x2>(c)[1].y;
    Any any{5};
    out[5] = float2x2(any)[1].y;
    float2 both(any);
    out[6] = both.y;
    out[7] = float3(Splat{6}).z;
    Explicit asked{8};
    out[8] = float2x2(asked)[1].y;
    float2 parts(asked);
    out[9] = parts.y;
}
