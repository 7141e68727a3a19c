kernel void k(device float* out, uint n [[buffer(1)]]) { }  // error: invalid type 'uint' for input declaration in a kernel function
