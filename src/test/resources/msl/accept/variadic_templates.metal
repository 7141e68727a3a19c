// kernel: variadic
// grid: 1 threads: 1
// buffer 0: int[5] = 0
// expect 0: int[5] = 10 3 24 321 1
template <typename T> T total(T x) { return x; }
template <typename T, typename... Ts> T total(T x, Ts... rest) { return x + total(rest...); }
template <typename... Ts> int count(Ts... xs) { return sizeof...(xs); }
template <typename... Ts> int product(Ts... xs) { return (1 * ... * xs); }
template <int... digits> struct Number {
    static int value() {
        int result = 0;
        int scale = 1;
        int all[] = {digits...};
        for (int d : all) {
            result += d * scale;
            scale *= 10;
        }
        return result;
    }
};
template <typename... Ts> bool every(Ts... xs) { return (... && xs); }
kernel void variadic(device int* out [[buffer(0)]]) {
    out[0] = total(1, 2, 3, 4);
    out[1] = count(1, 2.0f, true);
    out[2] = product(2, 3, 4);
    out[3] = Number<1, 2, 3>::value();
    out[4] = every(true, true, 1 < 2);
}
