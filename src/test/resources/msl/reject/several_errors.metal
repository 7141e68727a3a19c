kernel void k(device float* out) {
    out[0] = x;  // error: use of undeclared identifier 'x'
    float4 v = out;  // error: cannot initialize a variable of type 'float4' (vector of 4 'float' values) with an lvalue of type 'device float *'
    v.q = 1;
    out[1] = y;  // error: use of undeclared identifier 'y'
}
