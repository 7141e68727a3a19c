class Sealed {
    Sealed() {}
};
struct Holder {
    Sealed inner;
};
kernel void k(device int* out) {
    Sealed a;   // error at 12: calling a private constructor of class 'Sealed'
    Holder b;   // error at 12: calling a private constructor of class 'Sealed'
    out[0] = 1;
}
