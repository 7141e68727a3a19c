void fill(device float* p) { p[0] = 1; }
kernel void k(device float* out, threadgroup float* scratch) {
    fill(scratch);  // error: no matching function for call to 'fill'
}
