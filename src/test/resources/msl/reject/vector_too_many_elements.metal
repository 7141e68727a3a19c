kernel void k(device float2* out) {
    out[0] = float2(1, 2, 3);  // error: too many elements in vector initialization (expected 2 elements, have 3)
}
