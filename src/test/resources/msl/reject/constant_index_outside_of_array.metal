kernel void k(device int* out) {
    int a[2] = {1, 2};
    out[0] = a[2];  // error: index 2 is outside of the object, which has 2 elements
}
