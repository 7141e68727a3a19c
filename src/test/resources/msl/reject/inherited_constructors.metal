struct Base {
    int value;
    Base(int v) : value(v) {}
};
struct Derived : Base {
    using Base::Base;  // error at 11: the inheritance of constructors is not supported
};
kernel void k(device int* out) { out[0] = 1; }
