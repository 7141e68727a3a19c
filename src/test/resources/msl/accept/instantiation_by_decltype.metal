// kernel: square_int
// grid: 4 threads: 4
// buffer 0: int[4] = 1 -2 3 -4
// expect 0: int[4] = 1 4 9 16
template <typename T, int Power>
kernel void power(device T* data [[buffer(0)]], uint i [[thread_position_in_grid]]) {
    T result = T(1);
    for (int n = 0; n < Power; ++n) {
        result *= data[i];
    }
    data[i] = result;
}
#define instantiate(name, type, n) \
    template [[host_name(name)]] kernel decltype(power<type, n>) power<type, n>;
instantiate("square_int", int, 2)
instantiate("cube_float", float, 3)
