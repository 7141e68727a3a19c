kernel void k(device int* out) {
    int a[1] = {1.5f};  // error: type 'float' cannot be narrowed to 'int' in initializer list
}
