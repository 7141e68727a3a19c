class Base {
    int value;
};
struct Derived : Base {
    int get() { return value; }  // error at 24: 'value' is a private or protected member of 'Base'
};
kernel void k(device int* out) { out[0] = 1; }
