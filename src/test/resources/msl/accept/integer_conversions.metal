// kernel: conversions
// grid: 1 threads: 1
// buffer 0: int[6] = 0
// expect 0: int[6] = -1 255 44 -2 3 1
kernel void conversions(device int* out [[buffer(0)]]) {
    char c = char(255);
    uchar u = 255;
    out[0] = c;
    out[1] = u;
    u += 45;
    out[2] = u;
    short s = -2;
    out[3] = s;
    out[4] = int(3.99f);
    out[5] = (uchar(200) + uchar(100) == 300) ? 1 : 0;
}
