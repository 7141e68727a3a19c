// kernel: k
// grid: 1 threads: 1
// buffer 0: int[11] = 0
// expect 0: int[11] = 4 4 2 3 6 5 3 9 2 7 8
struct Base {
    int a;
    int f() { return a; }
    int f(int x) { return x; }
    static int g() { return 3; }

protected:
    int hidden() { return a + 1; }
};
struct Derived : private Base {
    using Base::a;
    using Base::f;
    using Base::g;
    using Base::hidden;
    Derived() { a = 4; }
};
class Closed : Base {
public:
    using Base::a;
    using Base::f;
};
template <typename T> struct Generic : private T {
    using T::f;
};
struct Made {
    int v;
    Made(int x) : v(x) {}
    Made(int x, int y) : v(x + y) {}
    template <typename T> Made(T t, float f) : v(int(t)) {}
};
struct Inherits : Made {
    using Made::Made;
    int extra = 7;
};
struct Again : Inherits {
    using Inherits::Inherits;
};
template <typename T> struct Over : T {
    using T::T;
};
kernel void k(device int* out) {
    Derived d;
    out[0] = d.a;
    out[1] = d.f();
    out[2] = d.f(2);
    out[3] = Derived::g();
    out[4] = d.hidden() + 1;
    Closed c;
    c.a = 5;
    out[5] = c.f();
    Generic<Base> generic;
    out[6] = generic.f(3);
    Again again(4, 5);
    out[7] = again.v;
    Inherits converted(2.5f, 1.0f);
    out[8] = converted.v;
    Inherits inherits(3);
    out[9] = inherits.extra;
    Over<Made> over{8};
    out[10] = over.v;
}
