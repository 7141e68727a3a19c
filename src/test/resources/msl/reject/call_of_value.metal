kernel void k(device int* out) {
    out[0](1);  // error: called object type 'device int' is not a function or function pointer
}
