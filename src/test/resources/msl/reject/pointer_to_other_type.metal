kernel void k(device int* out) {
    device float* p = out;  // error: cannot initialize a variable of type 'device float *' with an lvalue of type 'device int *'
}
