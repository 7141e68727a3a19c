kernel void k(device float4* out) {
    out[0]++;  // error: cannot increment value of type 'float4' (vector of 4 'float' values)
}
