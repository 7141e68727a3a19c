// kernel: literals
// grid: 1 threads: 1
// buffer 0: ulong[5] = 0
// expect 0: ulong[5] = 4294967295 1099511627776 255 97 10
kernel void literals(device ulong* out [[buffer(0)]]) {
    out[0] = 0xffffffff;
    out[1] = 1ul << 40;
    out[2] = 0b11111111;
    out[3] = 'a';
    out[4] = 012;
}
