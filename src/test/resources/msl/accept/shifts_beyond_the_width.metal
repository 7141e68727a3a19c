// grid: 1 threads: 1
// buffer 0: int[7] = 0
// buffer 1: ulong[2] = 0
// expect 0: int[7] = 2 -1 2147483647 -2 1 128 0
// expect 1: ulong[2] = 18446744071562067968 4294967296
kernel void shifts(device int* out [[buffer(0)]], device ulong* wide [[buffer(1)]]) {
    int count = 33;
    out[0] = 1 << count;
    out[1] = -1 >> 31;
    out[2] = uint(-1) >> 1;
    out[3] = -4 >> 1;
    out[4] = int(1l << 64);
    uchar narrow = 1;
    narrow <<= 7;
    out[5] = narrow;
    narrow <<= 1;
    out[6] = narrow;
    // The result has the type of the left operand, and is widened afterwards.
    int one = 1;
    wide[0] = one << 31ul;
    wide[1] = 1ul << 32;
}
