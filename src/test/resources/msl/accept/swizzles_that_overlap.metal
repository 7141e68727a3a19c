// grid: 1 threads: 1
// buffer 0: int[8] = 0
// buffer 1: float[4] = 1 2 3 4
// expect 0: int[8] = 2 1 4 3 4 3 1 2
// expect 1: float[4] = 13 9 21 8
kernel void swizzles(device int* out [[buffer(0)]], device float4* cells [[buffer(1)]]) {
    int4 v = int4(1, 2, 3, 4);
    v.xyzw = v.yxwz;
    for (int i = 0; i < 4; i++) out[i] = v[i];
    int4 w = int4(1, 2, 3, 4);
    w.wzyx = int4(2, 1, 3, 4);
    for (int i = 0; i < 4; i++) out[4 + i] = w[i];
    cells->zx = cells->xz;
    cells[0].yw = float2(9, 8);
    cells[0].xz += float2(10, 20);
}
