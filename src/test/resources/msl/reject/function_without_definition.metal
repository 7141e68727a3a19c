float f(float x);  // error: function 'f' is used but not defined
kernel void k(device float* out) {
    out[0] = f(1);
}
