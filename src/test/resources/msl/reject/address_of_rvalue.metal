kernel void k(device int* out) {
    thread int* p = &(out[0] + 1);  // error: cannot take the address of an rvalue of type 'int'
}
