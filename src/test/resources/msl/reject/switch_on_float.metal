kernel void k(device float* out) {
    switch (out[0]) {  // error: statement requires expression of integer type ('float' invalid)
        default: break;
    }
}
