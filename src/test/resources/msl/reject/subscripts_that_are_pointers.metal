kernel void k(device int* out [[buffer(0)]]) {
    int a[2] = {1, 2};
    thread int* p = a;
    out[0] = 1[a];
    out[1] = p[p]; // error: array subscript is not an integer
    out[2] = a[a]; // error: array subscript is not an integer
    out[3] = a[p]; // error: array subscript is not an integer
}
