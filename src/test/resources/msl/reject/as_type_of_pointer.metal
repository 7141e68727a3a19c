kernel void k(device float* out) {
    ulong x = as_type<ulong>(out);  // error: invalid operand of as_type
}
