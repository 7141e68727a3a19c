// kernel: objects
// grid: 1 threads: 1
// buffer 0: int[24] = 0
// expect 0: int[24] = 6 7 9 9 4 1 12 2 7 8 3 5 3 1 12 2 30 40 5 6 4 21 2 9
struct Pair {
    int first;
    int second;
};

struct Bits {
    uint low : 4;
    uint high : 4;
};

void raise(thread int& x) { x += 10; }

kernel void objects(device int* out [[buffer(0)]]) {
    int a = 1, b = 5;
    (a = b) += 1;
    out[0] = a;
    ++(++b);
    out[1] = b;
    thread int& r = ++a;
    r += 2;
    out[2] = a;
    out[3] = r;

    // Pointers and indices are evaluated once, before the object is stored to.
    int at = 0;
    int cells[4] = {1, 2, 3, 4};
    (cells[at++] = 3) += 1;
    out[4] = cells[0];
    out[5] = at;
    thread int* p = cells;
    raise(*p++ -= 2);
    out[6] = cells[0];
    out[7] = *p;

    // What a reference is bound to.
    int c = 7;
    thread int& same = c = c;
    same++;
    out[8] = 7;
    out[9] = c;

    // Parts of the object.
    Pair x = {1, 2};
    Pair y = {3, 4};
    (x = y).second = 5;
    out[10] = x.first;
    out[11] = x.second;
    out[12] = (y = Pair{3, 1}).first;
    out[13] = y.second;
    int2 v = int2(1, 2);
    (v.x = 2) *= 6;
    out[14] = v.x;
    out[15] = v.y;
    (v = int2(3, 4)) *= 10;
    out[16] = v.x;
    out[17] = v.y;
    Bits bits = {4, 5};
    ++(++bits.low) -= 1;
    ++bits.high;
    out[18] = int(bits.low);
    out[19] = int(bits.high);

    // In the device's memory.
    (out[20] = 1) += 3;
    raise(a = 11);
    out[21] = a;
    --(out[22] = 3);
    out[23] = (b = 4, b += 5);
}
