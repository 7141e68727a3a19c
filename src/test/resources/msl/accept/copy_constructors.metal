// kernel: copies
// grid: 1 threads: 1
// buffer 0: int[5] = 0
// expect 0: int[5] = 0 1 2 1 0
struct Counted {
    int copies;
    Counted() : copies(0) {}
    Counted(thread const Counted& other) : copies(other.copies + 1) {}
};
int taken(Counted counted) { return counted.copies; }
Counted made() { return Counted(); }
kernel void copies(device int* out [[buffer(0)]]) {
    Counted first;
    Counted second = first;
    out[0] = first.copies;
    out[1] = second.copies;
    out[2] = taken(second);
    Counted third(first);
    out[3] = third.copies;
    Counted fourth = made();
    out[4] = fourth.copies;
}
