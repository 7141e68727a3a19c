// kernel: k
// grid: 1 threads: 1
// buffer 0: int[3] = 0
// expect 0: int[3] = 4 3 2
constexpr uint half_of(uint x) {
    return x / 2;
}
template <typename T> constexpr uint work() {
    return 8 / sizeof(T);
}
template <typename T, int N = work<T>()> int count() {
    return N;
}
kernel void k(device int* out) {
    int direct{half_of(8)};
    out[0] = direct;
    uchar few[1] = {half_of(6)};
    out[1] = few[0];
    out[2] = count<float>();
}
