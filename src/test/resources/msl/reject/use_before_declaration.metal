kernel void k(device float* out) {
    out[0] = later(1.0f);  // error: use of undeclared identifier 'later'
}
float later(float x) { return x; }
