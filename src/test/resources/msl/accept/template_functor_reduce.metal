// kernel: reduce_max
// grid: 2 threads: 2
// buffer 0: int[8] = 3 9 2 7 -1 -5 -3 -2
// buffer 1: int[2] = 0
// expect 1: int[2] = 9 -1
template <typename T> struct Max {
    T operator()(T a, T b) const { return a > b ? a : b; }
};
template <typename T> struct Sum {
    T operator()(T a, T b) const { return a + b; }
};
template <typename T, typename Op, int N> T fold(const device T* in, Op op) {
    T result = in[0];
    for (int i = 1; i < N; ++i) {
        result = op(result, in[i]);
    }
    return result;
}
template <typename T, typename Op>
[[kernel]] void reduce(const device T* in [[buffer(0)]], device T* out [[buffer(1)]],
                       uint i [[thread_position_in_grid]]) {
    out[i] = fold<T, Op, 4>(in + 4 * i, Op());
}
template [[host_name("reduce_max")]] [[kernel]] void reduce<int, Max<int>>(const device int*, device int*, uint);
template [[host_name("reduce_sum")]] [[kernel]] void reduce<float, Sum<float>>(const device float*, device float*, uint);
