kernel void k(const device int* in) {
    device int* p = in;  // error: cannot initialize a variable of type 'device int *' with an lvalue of type 'const device int *'
}
