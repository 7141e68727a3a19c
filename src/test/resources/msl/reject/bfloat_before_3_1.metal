// version: 3.0
kernel void k(device float* out) {
    bfloat b;  // error: unknown type name 'bfloat'
}
