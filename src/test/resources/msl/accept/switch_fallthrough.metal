// kernel: switches
// grid: 5 threads: 5
// buffer 0: int[5] = 0
// expect 0: int[5] = 3 2 10 10 -1
kernel void switches(device int* out [[buffer(0)]], uint i [[thread_position_in_grid]]) {
    int x = 0;
    switch (i) {
        case 0:
            x += 1;
        case 1:
            x += 2;
            break;
        case 2 ... 3: {
            x = 10;
            break;
        }
        default:
            x = -1;
    }
    out[i] = x;
}
