// version: 3.1
kernel void k(device float* out) {
    bfloat b = out[0];  // error: cannot initialize a variable of type 'bfloat' with an lvalue of type 'float'
}
