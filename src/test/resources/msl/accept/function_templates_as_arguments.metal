// kernel: mul_int
// grid: 2 threads: 2
// buffer 0: int[2] = 3 5
// buffer 1: int[2] = 0
// expect 1: int[2] = 7 11
typedef void (one_t)(device const int* src, device int* dst, uint i);
typedef void (two_t)(device const int* src, device int* dst, uint i, int bias);
template <one_t fn> void call(device const int* src, device int* dst, uint i) { fn(src, dst, i); }
template <two_t fn> void call(device const int* src, device int* dst, uint i) { fn(src, dst, i, 1); }
template <typename T, int N> void scaled(device const T* src, device T* dst, uint i, T bias) { dst[i] = src[i] * N + bias; }
typedef decltype(call<scaled<int, 2>>) call_t;
template <call_t fn> kernel void mul(device const int* src [[buffer(0)]], device int* dst [[buffer(1)]],
                                     uint i [[thread_position_in_grid]]) {
    fn(src, dst, i);
}
typedef decltype(mul<call<scaled<int, 2>>>) mul_t;
template [[host_name("mul_int")]] kernel mul_t mul<call<scaled<int, 2>>>;
