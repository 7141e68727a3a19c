kernel void k(device int* out [[buffer(0)]]) {
    int a[4] = {[0 ... 3] = out[1]};  // error: an array designator with a range takes a constant
    int b[4] = {[3 ... 4] = 1};  // error: array designator [3 ... 4] is not in an array of 4 elements
    int c[4] = {[2 ... 1] = 1};  // error: array designator [2 ... 1] is not in an array of 4 elements
    out[0] = a[0] + b[2] + c[0];
}
