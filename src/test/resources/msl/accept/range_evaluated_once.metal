// kernel: k
// grid: 1 threads: 1
// buffer 0: int[3] = 0
// expect 0: int[3] = 6 1 5
struct Three {
    int cells[3];
    const thread int* begin() const { return cells; }
    const thread int* end() const { return cells + 3; }
};
Three make(thread int& calls) {
    calls++;
    return Three{{1, 2, 3}};
}
kernel void k(device int* out) {
    int calls = 0;
    for (int x : make(calls)) {
        out[0] += x;
    }
    out[1] = calls;
    int table[2][2] = {{1, 4}, {8, 8}};
    int row = 0;
    int sum = 0;
    for (int x : table[row++]) {
        sum += x;
    }
    out[2] = sum * row;
}
