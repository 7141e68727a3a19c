// kernel: add
// grid: 3 threads: 3
// buffer 0: int[3] = 1 2 3
// buffer 1: int[3] = 10 20 30
// buffer 2: int[3] = 0
// expect 2: int[3] = 11 22 33
kernel void add(const device int* a, device int* sum [[buffer(2)]], const device int* b,
                uint i [[thread_position_in_grid]]) {
    sum[i] = a[i] + b[i];
}
