struct S {
    static constexpr int size = 4;  // error: program scope variable must reside in constant address space
};
kernel void k(device int* out) {
    out[0] = S::size;
}
