// version: 3.1
kernel void k(device bfloat* out) {
    half h = out[0];  // error: cannot initialize a variable of type 'half' with an lvalue of type 'bfloat'
}
