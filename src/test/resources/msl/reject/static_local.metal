kernel void k(device int* out) {
    static int count = 0;  // error: variables in function scope cannot be declared static
}
