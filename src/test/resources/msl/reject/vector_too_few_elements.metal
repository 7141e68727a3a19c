kernel void k(device float4* out) {
    out[0] = float4(1, 2);  // error: too few elements in vector initialization (expected 4 elements, have 2)
}
