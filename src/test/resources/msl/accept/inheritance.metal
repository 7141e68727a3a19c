// kernel: derived
// grid: 1 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 3 5 8 1
#include <metal_stdlib>
using namespace metal;
struct Base {
    int x;
    int doubled() const { return 2 * x; }
    static int tag() { return 1; }
};
struct Derived : Base {
    int y;
    int sum() const { return x + y; }
};
template <typename T> struct is_short : false_type {};
template <> struct is_short<short> : true_type {};
int base_of(Base b) { return b.doubled(); }
kernel void derived(device int* out [[buffer(0)]]) {
    Derived d;
    d.x = 4;
    d.y = 1;
    out[0] = is_short<short>::value ? 3 : 0;
    out[1] = d.sum();
    out[2] = base_of(d);
    out[3] = Derived::tag();
}
