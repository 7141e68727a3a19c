template <float f> struct Scale {};
kernel void k(device int* out) {
    Scale<1.0f> scale;  // error at 11: a non-type template parameter cannot have type 'float'
    out[0] = 1;
}
