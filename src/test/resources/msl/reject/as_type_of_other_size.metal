kernel void k(device float* out) {
    out[0] = as_type<float>(half4(1));  // error: sizes of 'float' and 'half4' (vector of 4 'half' values) must match
}
