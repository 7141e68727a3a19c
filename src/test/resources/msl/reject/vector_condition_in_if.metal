kernel void k(device float4* out) {
    if (out[0] == out[1]) {  // error: value of type 'bool4' (vector of 4 'bool' values) is not contextually convertible to 'bool'
        out[2] = 1;
    }
}
