kernel void k(device float* out) {
    const float x;  // error: default initialization of an object of const type 'const float'
}
