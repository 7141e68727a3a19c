class Sealed {
    int value;
    Sealed(int v) : value(v) {}

public:
    static Sealed make(int v) { return Sealed(v); }
    int get() const { return value; }
};
int take(Sealed sealed) { return sealed.get(); }
kernel void k(device int* out) {
    Sealed a(1);                   // error at 14: calling a private constructor of class 'Sealed'
    out[0] = Sealed{2}.get();      // error at 14: calling a private constructor of class 'Sealed'
    out[1] = take(3);              // error at 19: calling a private constructor of class 'Sealed'
    out[2] = Sealed::make(4).get();
}
