struct S {
    int x;
    int get() const { return x; }
};
kernel void k(device S* s, device int* out) {
    out[0] = s->get();  // error: no matching member function for call to 'get'
}
