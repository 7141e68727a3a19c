kernel void k(device float* out) {
    out[0] = ~out[1];  // error: invalid argument type 'float' to unary expression
}
