template <typename T> T f(T x) {
    int T = 1;  // error at 9: declaration of 'T' shadows template parameter
    return x;
}
kernel void k(device int* out) { out[0] = f(1); }
