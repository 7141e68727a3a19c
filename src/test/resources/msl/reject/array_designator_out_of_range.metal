kernel void k(device float* out) {
    float a[2] = {[2] = 1};  // error: array designator [2] is not in an array of 2 elements
}
