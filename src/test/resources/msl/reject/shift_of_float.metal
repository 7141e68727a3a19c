kernel void k(device float* out) {
    out[0] = out[1] << 2;  // error: invalid operands to binary expression ('float' and 'int')
}
