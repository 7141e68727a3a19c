kernel void k(device float* out) {
    int x = 1;
    float x = 2;  // error: redefinition of 'x'
}
