void set(thread float& x) { x = 1; }
kernel void k(device float* out) {
    set(out[0]);  // error: no matching function for call to 'set'
}
