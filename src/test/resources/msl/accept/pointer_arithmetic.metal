// kernel: pointers
// grid: 1 threads: 1
// buffer 0: int[6] = 1 2 3 4 0 0
// expect 0: int[6] = 1 2 3 4 9 3
kernel void pointers(device int* data [[buffer(0)]]) {
    device int* p = data + 3;
    device int* q = &data[0];
    int sum = 0;
    while (q != p) {
        sum += *q++;
    }
    data[4] = sum + p[-1];
    data[5] = int(p - data);
    if (p > data && p) {
        *(data + 4) = sum + p[-1];
    }
}
