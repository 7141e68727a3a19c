// kernel: odd
// grid: 4 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 11 22 3 4
int empty(int x) {}
int some(int x) {
    if (x == 1) return 20;
}
float2 loops(int x) {
    while (x == 2) return float2(3);
}
struct Pair {
    int a[2];
};
Pair in_memory(int x) {
    if (x == 3) return Pair{{4, 4}};
}
kernel void odd(device int* out [[buffer(0)]], uint i [[thread_position_in_grid]]) {
    int own = own;
    int4 vector(vector);
    Pair pair = pair;
    switch (i) {
        int before;
        case 0: {
            int inner;
            inner = 10;
            before = inner;
            out[i] = before + 1;
            break;
        }
        case 1:
            int late;
            late = some(i);
            out[i] = late + 2;
            break;
        case 2:
            late = loops(i).x;
            if (own == 77) late = vector.x + pair.a[0] + empty(i);
            out[i] = late;
            break;
        default:
            if (i == 3) late = in_memory(i).a[i & 1];
            out[i] = late;
    }
}
