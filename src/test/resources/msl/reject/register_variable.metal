kernel void k(device int* out) {
    register int x = 1;  // error: 'register' is not supported in Metal
}
