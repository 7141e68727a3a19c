// kernel: k
// grid: 1 threads: 1
// buffer 0: int[9] = 0
// expect 0: int[9] = 6 4 3 7 5 9 2 3 8
struct First {
    int v;
};
int First(int x) {
    return 2 * x;
}
int Second(int x) {
    return x + 1;
}
struct Second {
    int v;
    static int constant_of() { return 7; }
};
int Kind(int x) {
    return x;
}
enum Kind { one = 1, five = 5 };
struct Later;
int Later(int x);
struct Later {
    int q;
};
int Later(int x) {
    struct Later later;
    later.q = x;
    return later.q;
}
namespace inner {
struct Part {
    int a;
};
int Part(int x) {
    return x;
}
}
static int state(thread struct First* s) {
    return s->v;
}
kernel void k(device int* out) {
    struct First first;
    first.v = 3;
    out[0] = First(first.v);
    struct Second second = {3};
    out[1] = Second(second.v);
    out[2] = second.v;
    out[3] = Second::constant_of();
    enum Kind kind = five;
    out[4] = Kind(kind);
    out[5] = Later(9);
    struct inner::Part part;
    part.a = 2;
    out[6] = inner::Part(part.a);
    out[7] = state(&first);
    int Second = 5;
    struct Second again = {3};
    out[8] = Second + again.v;
}
