// kernel: k
// grid: 1 threads: 1
// buffer 0: int[8] = 3 1 2 3 4 5 6 7
// buffer 1: int[5] = 0
// expect 1: int[5] = 4 3 1 2 3
struct Trailing {
    int count;
    int values[1];
};
template <int N> int sum(vec<int, N> v) {
    int r = v[0] + v[1];
    if (N > 2) {
        r += v[2];
    }
    return r;
}
kernel void k(device Trailing* in, device int* out) {
    out[0] = in->values[3];
    int few[2] = {1, 3};
    out[1] = few[1];
    if (sizeof(few) > 100) {
        out[1] = few[2];
        few[3] = 1;
    }
    out[2] = few[0];
    out[3] = sum<2>(int2(1));
    out[4] = sum<3>(int3(1));
}
