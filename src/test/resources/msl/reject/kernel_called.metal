kernel void inner(device float* out) { out[0] = 1; }
kernel void outer(device float* out) {
    inner(out);  // error: kernel function 'inner' cannot be called from a function
}
