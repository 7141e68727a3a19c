void fill(device float* p) { p[0] = 1; }
kernel void k(device float* out) {
    float x;
    fill(&x);  // error: no matching function for call to 'fill'
}
