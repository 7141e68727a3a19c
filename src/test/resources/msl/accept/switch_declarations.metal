// grid: 3 threads: 1
// buffer 0: int[6] = 0
// expect 0: int[6] = 1 5 4 9 8 9
kernel void declarations(device int* out [[buffer(0)]], uint i [[thread_position_in_grid]]) {
    switch (i) {
        int shared;
        case 0: {
            int own = 1;
            out[0] = own;
            shared = 9;
            break;
        }
        case 1:
            int late;
            late = 5;
            out[1] = late;
            shared = 9;
            break;
        default:
            const int last = 4;
            late = 2 * last;
            out[2] = last;
            out[4] = late;
            shared = 9;
            out[5] = shared;
    }
    out[3] = 9;
}
