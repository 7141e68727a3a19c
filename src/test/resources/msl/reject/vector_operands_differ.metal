kernel void k(device float4* out) {
    out[0] = float4(1) + int4(1);  // error: cannot convert between vector values of different size ('float4' (vector of 4 'float' values) and 'int4' (vector of 4 'int' values))
}
