// kernel: ranking
// grid: 1 threads: 1
// buffer 0: int[6] = 0
// expect 0: int[6] = 1 2 3 4 5 6
int f(int) { return 1; }
int f(float) { return 2; }
int g(float) { return 3; }
int g(float4) { return 4; }
template <typename T> int h(T) { return 5; }
template <typename T> int h(device T*) { return 6; }
kernel void ranking(device int* out [[buffer(0)]]) {
    short s = 1;
    half x = 1;
    out[0] = f(s);
    out[1] = f(1.0f);
    out[2] = g(1);
    out[3] = g(float4(1));
    out[4] = h(1);
    out[5] = h(out);
}
