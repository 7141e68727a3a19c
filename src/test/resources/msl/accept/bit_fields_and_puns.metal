// grid: 1 threads: 1
// buffer 0: int[7] = 0
// expect 0: int[7] = 5 7 -1 -8 4 1073741824 31
struct Fields {
    uint low : 3;
    uint high : 5;
    int sign : 4;
};
union Pun {
    float real;
    uint bits;
};
kernel void fields(device int* out [[buffer(0)]]) {
    Fields fields = {5, 31, -1};
    out[0] = fields.low;
    fields.low = 15;
    out[1] = fields.low;
    fields.sign = 15;
    out[2] = fields.sign;
    fields.sign = 8;
    out[3] = fields.sign;
    out[4] = sizeof(Fields);
    Pun pun;
    pun.real = 2;
    out[5] = pun.bits;
    out[6] = fields.high;
}
