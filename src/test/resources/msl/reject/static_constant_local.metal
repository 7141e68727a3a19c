kernel void k(device int* out) {
    static constant int table[2] = {1, 2};  // error: variables in function scope cannot be declared static
}
