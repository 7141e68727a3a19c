kernel void k(device float4* out) {
    float4x4 m = out[0];  // error: cannot initialize a variable of type 'float4x4' with an lvalue of type 'float4' (vector of 4 'float' values)
}
