struct A {
    union {
        int a;

    private:
        float b;  // error: anonymous union cannot contain a private data member
    };
};
struct B {
    union {
        int a;
        int get() { return a; }  // error: functions cannot be declared in an anonymous union
    };
};
struct C {
    struct {
        int a;
        static constexpr constant int n = 1;  // error: static members cannot be declared in an anonymous struct
    };
};
struct D {
    thread int& r;
};
kernel void k(device int* out) {
    D d;  // error: call to implicitly-deleted default constructor of 'D'
    out[0] = 1;
}
