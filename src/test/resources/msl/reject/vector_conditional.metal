kernel void k(device float4* out) {
    float4 a = out[0];
    out[1] = a > 0 ? a : -a;  // error: value of type 'bool4' (vector of 4 'bool' values) is not contextually convertible to 'bool'
}
