kernel void k(device float* out) { }
kernel void k(device int* out) { }  // error: kernel function 'k' cannot be overloaded
