// version: 2.1
kernel void k(device int* out) {
    long x = 1;  // error: unknown type name 'long'
}
