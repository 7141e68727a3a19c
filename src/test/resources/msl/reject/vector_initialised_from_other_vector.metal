kernel void k(device float4* out) {
    int4 i = int4(1);
    float4 f = i;  // error: cannot initialize a variable of type 'float4' (vector of 4 'float' values) with an lvalue of type 'int4' (vector of 4 'int' values)
}
