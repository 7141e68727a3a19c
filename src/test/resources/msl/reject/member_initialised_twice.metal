struct Base {
    int count;
    Base(int n) : count(n) {}
};
struct Derived : Base {
    int first;
    int second;
    Derived() : Base(1), first(1), second(2), first(3) {}  // error at 47: multiple initializations given for 'first'
    Derived(int n) : Base(n), first(n), second(n), Base(2) {}  // error at 52: multiple initializations given for base 'Base'
};
struct Overlaid {
    union {
        int whole;
        uint bits;
    };
    Overlaid(int n) : whole(n), whole(n) {}  // error at 33: multiple initializations given for 'whole'
};
kernel void k(device int* out) {
    Derived d;
    out[0] = d.first;
}
