// kernel: constants
// grid: 1 threads: 1
// buffer 0: int[5] = 0
// expect 0: int[5] = 120 10 4 15 21
constexpr int factorial(int n) { return n <= 1 ? 1 : n * factorial(n - 1); }
constexpr int triangle(int n) {
    int sum = 0;
    for (int i = 1; i <= n; ++i) {
        sum += i;
    }
    return sum;
}
struct Pair {
    int a;
    int b;
};
constexpr Pair swapped(Pair p) { return {p.b, p.a}; }
constant int table[triangle(4)] = {1, 2, 3, 4, 5};
constant Pair pair = swapped({3, 4});
constant int total = table[0] + table[1] + table[2] + table[3] + table[4];
static_assert(factorial(5) == 120, "factorial");
static_assert(pair.a == 4, "swapped");
template <int n> int constant_of() { return n; }
kernel void constants(device int* out [[buffer(0)]]) {
    int buffer[factorial(3)];
    out[0] = constant_of<factorial(5)>();
    out[1] = sizeof(table) / sizeof(table[0]);
    out[2] = pair.a;
    out[3] = total;
    switch (out[1]) {
        case triangle(4): out[4] = triangle(6); break;
        default: out[4] = sizeof(buffer);
    }
}
