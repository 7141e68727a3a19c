kernel void k(device float* out) {
    const int x = 1;
    x = 2;  // error: cannot assign to variable 'x' with const-qualified type 'const int'
}
