// kernel: used
// grid: 1 threads: 1
// buffer 0: int[3] = 0
// expect 0: int[3] = 5 6 9
struct Base {
    int first;
    int second;
    int scale(int by) { return second * by; }
};
struct Derived : Base {
    int third;
    using Base::scale;
    using Base::second;
    int scale(float by) { return 9; }
};
kernel void used(device int* out [[buffer(0)]]) {
    Derived derived;
    derived.first = 1;
    derived.third = 2;
    derived.second = 3;
    out[0] = derived.second + derived.third;
    out[1] = derived.scale(2);
    out[2] = derived.scale(2.0f);
}
