kernel int k(device float* out) { return 0; }  // error: invalid return type 'int' for kernel function
