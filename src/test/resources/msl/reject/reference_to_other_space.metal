kernel void k(device float* out) {
    thread float& x = out[0];  // error: changes address space
}
