class Hidden {
    int a;

public:
    int b;
};
struct Base {
    int a;
};
struct Derived : Base {
    int b;
};
kernel void k(device int* out) {
    Hidden none = {};
    Derived empty = {};
    Hidden hidden = {1, 2};       // error at 19: no matching constructor for initialization of 'Hidden'
    Derived derived = {{1}, 2};   // error at 21: no matching constructor for initialization of 'Derived'
    out[0] = none.b + empty.b;
}
