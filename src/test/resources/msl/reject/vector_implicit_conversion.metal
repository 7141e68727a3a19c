kernel void k(device float4* out, int4 v [[buffer(1)]]) { }  // error: invalid type 'int4' (vector of 4 'int' values) for input declaration in a kernel function
