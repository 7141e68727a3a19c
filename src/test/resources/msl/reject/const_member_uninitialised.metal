struct S {
    const int limit;
};
struct T {
    S inner;
};
kernel void k(device int* out) {
    S s;  // error: call to implicitly-deleted default constructor of 'S'
    T t;  // error: call to implicitly-deleted default constructor of 'T'
}
