// grid: 1 threads: 1
// buffer 0: int[8] = 1 2 3 4 0 0 0 0
// expect 0: int[8] = 3 4 3 9 1 7 5 1
struct Pair {
    int a;
    int b;
};
struct Box {
    int cells[2];
};
Box changed(Box box) {
    box.cells[1] = 7;
    return box;
}
kernel void copies(device Pair* pairs [[buffer(0)]]) {
    threadgroup Pair shared;
    shared = pairs[1];
    Pair local = shared;
    pairs[0] = local;
    local.b = 9;
    pairs[1] = local;
    Box box = {{1, 2}};
    Box other = changed(box);
    pairs[2].a = box.cells[0];
    pairs[2].b = other.cells[1];
    Box third = box;
    third.cells[0] = 5;
    pairs[3].a = third.cells[0];
    Box last = (third = box);
    pairs[3].b = last.cells[0];
}
