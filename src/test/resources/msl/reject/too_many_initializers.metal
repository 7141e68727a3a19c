kernel void k(device int* out) {
    int a[2] = {1, 2, 3};  // error: excess elements in array initializer
}
