// kernel: recurse
// grid: 1 threads: 1
// buffer 0: int[2] = 0
// expect 0: int[2] = 55 1
int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
bool odd(int n);
bool even(int n) { return n == 0 ? true : odd(n - 1); }
bool odd(int n) { return n == 0 ? false : even(n - 1); }
kernel void recurse(device int* out [[buffer(0)]]) {
    out[0] = fibonacci(10);
    out[1] = even(8);
}
