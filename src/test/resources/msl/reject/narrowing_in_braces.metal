kernel void k(device int* out) {
    uchar a[2] = {1, 300};  // error: constant expression evaluates to 300 which cannot be narrowed to type 'uchar'
}
