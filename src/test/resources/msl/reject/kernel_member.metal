struct S {
    kernel void k(device float* out) { }  // error: kernel functions cannot be member functions
};
