// kernel: objects
// grid: 1 threads: 1
// buffer 0: int[17] = 0
// expect 0: int[17] = 1 9 2 5 6 7 3 5 0 11 1 8 3 19 1 4 77
struct Pair {
    int first;
    int second;
};

void raise(thread int& x) { x += 10; }

kernel void objects(device int* out [[buffer(0)]]) {
    bool yes = out[0] == 0;
    out[0] = 1;
    int a = 1, b = 2;
    (yes ? a : b) = 9;
    out[1] = a;
    out[2] = b;
    thread int& r = yes ? b : a;
    r += 3;
    out[3] = b;
    ++(!yes ? a : b);
    out[4] = b;
    Pair x = {1, 2};
    Pair y = {3, 4};
    (yes ? x : y).second = 7;
    out[5] = x.second;
    out[6] = (yes ? y : x).first;
    (yes ? out[7] : out[8]) = 5;
    int at = 0;
    int cells[2] = {10, 20};
    (yes ? cells[at++] : cells[--at]) += 1;
    out[9] = cells[0];
    out[10] = at;
    int2 v = int2(1, 2);
    int2 w = int2(3, 4);
    (yes ? v : w).y = 8;
    out[11] = v.y;
    out[12] = (yes ? w : v).x;
    raise(yes ? a : b);
    out[13] = a;
    (true ? a : b) = 1;
    out[14] = a;
    const int k = 4;
    const thread int& either = yes ? k : a;
    out[15] = either;
    (yes ? (yes ? a : b) : b) = 77;
    out[16] = a;
}
