kernel void k(device float* out, int n) { }  // error: invalid type 'int' for input declaration in a kernel function
