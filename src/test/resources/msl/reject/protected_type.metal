struct S {
protected:
    typedef int Hidden;
};
kernel void k(device int* out) {
    S::Hidden x = 1;  // error: 'Hidden' is a private or protected member of 'S'
}
