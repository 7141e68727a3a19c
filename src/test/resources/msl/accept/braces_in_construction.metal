// kernel: k
// grid: 1 threads: 1
// buffer 0: float[12] = 0
// expect 0: float[12] = 2 12 3 4 3 7 9 5 6 2 6 11
struct Pair {
    int a;
    float b;
};
struct Nested {
    Pair pair;
    int tail[2];
};
template <typename T, uint N> struct Wrapped {
    T elements[N];
    thread T& operator[](uint i) thread { return elements[i]; }
    const constant T& operator[](uint i) const constant { return elements[i]; }
};
constant Wrapped<float, 3> numbers = Wrapped<float, 3>({1.0, 2.0, 3.0});
constant Wrapped<Wrapped<float, 2>, 2> grid =
        Wrapped<Wrapped<float, 2>, 2>({Wrapped<float, 2>({1.0, 2.0}), Wrapped<float, 2>({3.0, 4.0})});
struct Made {
    int a, b;
    Made(int x, int y) : a(x), b(y) {}
};
struct FromPair {
    int sum;
    FromPair(Pair pair) : sum(pair.a + int(pair.b)) {}
};
template <typename T> T make() {
    return T({1, 2});
}
kernel void k(device float* out) {
    Pair p = Pair({1, 2.0f});
    Nested n = Nested({{3, 4.0f}, {5, 7}});
    out[0] = p.b;
    out[1] = n.tail[0] + n.tail[1];
    out[2] = grid[1][0];
    out[3] = Made({3, 4}).b;
    out[4] = numbers[2];
    out[5] = FromPair({3, 4.5f}).sum;
    Made made({4, 5});
    out[6] = made.a + made.b;
    out[7] = int({5});
    out[8] = float3({1, 2, 3}).x + float3({1, 2, 3}).y + float3({1, 2, 3}).z;
    out[9] = make<int2>().y;
    out[10] = float2x2({float2(1, 2), float2(3, 6)})[1].y;
    Wrapped<int, 2> pieces = Wrapped<int, 2>({5, 6});
    out[11] = pieces[0] + pieces[1];
}
