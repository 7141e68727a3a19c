// kernel: deep
// grid: 1 threads: 1
// buffer 0: int[1] = 0
// expect 0: int[1] = 5050
template <int n> int sum() { return n + sum<n - 1>(); }
template <> int sum<0>() { return 0; }
kernel void deep(device int* out [[buffer(0)]]) { out[0] = sum<100>(); }
