kernel void k(device int* out [[buffer(0)]]) {
    int a[4] = {[0 ... 3] = 1};  // error: an array designator with a range is not supported in Metal
    int b[4] = {[2] = 1};
    out[0] = a[0] + b[2];
}

constant int c[] = {[1 ... 2] = 1};  // error: an array designator with a range is not supported in Metal
