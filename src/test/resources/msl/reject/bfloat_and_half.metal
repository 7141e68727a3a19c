// version: 3.1
kernel void k(device float* out) {
    half h = 1.0h;
    bfloat b = 1.0bf;
    out[0] = h + b;  // error: invalid operands to binary expression ('half' and 'bfloat')
}
