struct Base {
    int value;

protected:
    Base() : value(1) {}
};
struct Explicit : Base {
    Explicit() : Base() {}
};
struct Implicit : Base {};
class Closed {
    Closed() {}
};
struct Shut : Closed {
    Shut() {}  // error at 5: calling a private constructor of class 'Closed'
};
kernel void k(device int* out) {
    Explicit a;
    Implicit b;
    Base c;    // error at 10: calling a protected constructor of class 'Base'
    out[0] = a.value + b.value;
}
