struct S {
    int x;
    void set(int v) { x = v; }
};
kernel void k(device int* out) {
    const S s = {1};
    s.set(2);  // error: no matching member function for call to 'set'
}
