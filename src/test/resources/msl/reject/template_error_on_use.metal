template <typename T> float first(T x) {
    return x.value;  // error: member reference base type
}
kernel void k(device float* out) {
    out[0] = first(1);
}
