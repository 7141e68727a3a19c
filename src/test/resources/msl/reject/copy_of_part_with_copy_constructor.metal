struct Counted {
    int copies;
    Counted() : copies(0) {}
    Counted(thread const Counted& other) : copies(other.copies + 1) {}
};
struct Holder {
    Counted inner;
};
kernel void k(device int* out) {
    Holder a;
    Holder b = a;  // error at 16: the copy of an object with a part that declares a copy constructor is not supported
    out[0] = b.inner.copies;
}
