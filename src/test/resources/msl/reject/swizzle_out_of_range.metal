kernel void k(device float2* out) {
    out[0].z = 1;  // error: vector component access exceeds type 'float2' (vector of 2 'float' values)
}
