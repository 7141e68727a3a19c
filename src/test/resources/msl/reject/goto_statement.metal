kernel void k(device float* out) {
again:  // error: labels are not supported in Metal
    out[0] += 1;
    goto again;  // error: 'goto' is not supported in Metal
}
