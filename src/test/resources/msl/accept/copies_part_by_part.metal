// kernel: k
// grid: 1 threads: 2
// buffer 0: int[16] = 0
// buffer 1: int[2] = 7 9
// expect 0: int[16] = 2 3 4 3 2 4 12 14 3 15 6 1 8 7 9 0
struct Counted {
    int v;
    Counted(int x) : v(x) {}
    Counted(const thread Counted& other) : v(other.v + 1) {}
};
struct Member {
    Counted part;
    int w;
};
struct Derived : Counted {
    int z;
    Derived(int x) : Counted(x), z(x) {}
};
struct Many {
    Counted parts[2];
};
struct Assigned {
    int v;
    void operator=(const thread Assigned& other) thread { v = other.v + 10; }
};
struct Holder {
    Assigned part;
    int w;
    Assigned parts[3];
};
struct Heir : Assigned {
    int z;
};
struct Spaces {
    int v;
    Spaces() thread = default;
    Spaces() threadgroup = default;
    Spaces() device = default;
    Spaces(int x) thread : v(x) {}
    Spaces(const thread Spaces&) thread = default;
    Spaces(const threadgroup Spaces&) thread = default;
    Spaces(const device Spaces& other) thread : v(other.v) {}
    Spaces(const constant Spaces& other) thread : v(other.v) {}
};
struct Order {
    int a;
    int b = a;
    Order(int a) : a(a + 1) {}
};
kernel void k(device int* out, device Spaces* spaces, uint i [[thread_position_in_grid]]) {
    if (i != 0) {
        return;
    }
    Member member = {Counted(1), 2};
    Member copied = member;
    out[0] = copied.part.v;
    Member twice(copied);
    out[1] = twice.part.v;
    Derived derived(3);
    Derived other = derived;
    out[2] = other.v;
    out[3] = other.z;
    Many many = {{Counted(1), Counted(3)}};
    Many again = many;
    out[4] = again.parts[0].v;
    out[5] = again.parts[1].v;
    Holder from;
    Holder to;
    from.part.v = 2;
    from.w = 3;
    from.parts[1].v = 4;
    to = from;
    out[6] = to.part.v;
    out[7] = to.parts[1].v;
    out[8] = to.w;
    Heir a;
    Heir b;
    b.v = 5;
    b.z = 6;
    a = b;
    out[9] = a.v;
    out[10] = a.z;
    Holder list[2];
    int index = 0;
    list[index++] = from;
    out[11] = index;
    Counted x(1);
    Counted y(8);
    x = y;
    out[12] = x.v;
    Spaces read = spaces[0];
    Spaces direct(read);
    Spaces braced{direct};
    threadgroup Spaces shared[1];
    shared[0] = braced;
    Spaces back = shared[0];
    out[13] = back.v;
    spaces[1] = spaces[1];
    out[14] = Spaces(spaces[1]).v;
    out[15] = Order(1).b - 2;
}
