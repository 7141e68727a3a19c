constexpr int next(int x) { return x + 1; }
constexpr constant int sum = 2147483647 + 1;  // error: not a compile-time constant
constexpr constant int product = 65536 * 65536;  // error: not a compile-time constant
constexpr constant long wide = 9223372036854775807 - -1;  // error: not a compile-time constant
constexpr constant int negative = -(-2147483647 - 1);  // error: not a compile-time constant
constexpr constant int called = next(2147483647);  // error: not a compile-time constant
constexpr constant int divided = 1 / 0;  // error: not a compile-time constant
constexpr constant int quotient = (-2147483647 - 1) / -1;  // error: not a compile-time constant
constexpr constant int shifted = -1 << 1;  // error: not a compile-time constant
constexpr constant int lost = 2 << 31;  // error: not a compile-time constant
constexpr constant int huge = int(1e20f);  // error: not a compile-time constant
constexpr constant uint below = uint(-1.5f);  // error: not a compile-time constant
constexpr constant int sign = 1 << 31;
constexpr constant int masked = 1 << 33;
constexpr constant uint wrapped = 4294967295u + 2u;
constexpr constant int chosen = true ? 1 : 1 / 0;
enum Remainder { none = 1 % 0 };  // error: enumerator value is not a constant expression
template <int N> struct Sized {};
template <uchar N> struct Small {};
template <uint N> struct Unsigned {};
kernel void k(device int* out) {
    int run = 2147483647 + 1;
    out[0] = run + (-1 << 1) + int(1e20f);
    Sized<2147483647 + 1> a;  // error: not a constant expression
    Small<300> b;  // error: cannot be narrowed
    Unsigned<-1> c;  // error: cannot be narrowed
    switch (out[0]) {
        case 2147483647 + 1:  // error: not a constant expression
            break;
    }
}
