// kernel: halves
// grid: 1 threads: 1
// buffer 0: half[3] = 1 2 3
// expect 0: half[3] = 2.5 4 9
kernel void halves(device half* data [[buffer(0)]]) {
    data[0] = data[0] + 1.5h;
    half2 two = half2(data[1]) * 2;
    data[1] = two.y;
    float f = data[2];
    data[2] = f * f;
}
