// kernel: loops
// grid: 1 threads: 1
// buffer 0: int[6] = 0
// expect 0: int[6] = 10 6 5 4 30 9
kernel void loops(device int* out [[buffer(0)]]) {
    int sum = 0;
    for (int i = 0; i < 5; ++i) sum += i;
    out[0] = sum;
    int n = 1;
    while (n < 6) {
        if (n == 3) {
            n += 3;
            continue;
        }
        ++n;
    }
    out[1] = n;
    int k = 0;
    do {
        ++k;
        if (k == 5) break;
    } while (true);
    out[2] = k;
    int down = 8;
    while (int rest = down - 4) {
        down -= rest > 2 ? 2 : 1;
    }
    out[3] = down;
    int total = 0;
    for (int i = 0, j = 10; i < 5; ++i, j -= 2) total += i + j - 4;
    out[4] = total + 10;
    int again = 7;
    do {
        int again = 1;
        k += again;
    } while (k < 7);
    for (int again = 0; again < 2; ++again) k += again;
    while (k < again + 1) {
        int again = 1;
        k += again;
    }
    if (k == 8) {
        int k = 3;
        out[5] = k;
    }
    out[5] += k - 2;
}
