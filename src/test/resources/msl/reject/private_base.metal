struct Base {
    int value;
    int get() { return value; }
};
class Derived : Base {
public:
    int twice() { return 2 * get(); }
};
int read(thread Base& base) { return base.value; }
kernel void k(device int* out) {
    Derived derived;
    out[0] = derived.value;    // error at 22: 'value' is a private or protected member of 'Base'
    out[1] = derived.get();    // error at 22: 'get' is a private or protected member of 'Base'
    out[2] = read(derived);    // error at 19: cannot cast 'Derived' to its private base class 'Base'
    out[3] = derived.twice();
}
