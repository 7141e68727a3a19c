class Outer {
    struct Inner {
        int value;
        int get();
    };
    enum Kind { FIRST = 4 };
    typedef int Number;

public:
    static int sum() { return Inner{3}.get() + FIRST; }
};
int Outer::Inner::get() { return value; }
kernel void k(device int* out) {
    Outer::Inner inner;        // error at 12: 'Inner' is a private or protected member of 'Outer'
    out[0] = Outer::FIRST;     // error at 21: 'FIRST' is a private or protected member of 'Outer'
    Outer::Number n = 1;       // error at 12: 'Number' is a private or protected member of 'Outer'
    out[1] = Outer::sum();
}
