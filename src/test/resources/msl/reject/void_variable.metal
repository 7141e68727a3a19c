kernel void k(device int* out) {
    void x;  // error: variable has incomplete type 'void'
}
