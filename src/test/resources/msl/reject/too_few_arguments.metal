float f(float a, float b) { return a + b; }
kernel void k(device float* out) {
    out[0] = f(1);  // error: no matching function for call to 'f'
}
