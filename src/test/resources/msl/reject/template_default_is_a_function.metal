int twice(int x) { return 2 * x; }
int twice(float x) { return 2; }
template <typename T, bool enabled = twice> T f(T x) { return x; }
kernel void k(device int* out) {
    out[0] = f(1);  // error at 14: no matching function for call to 'f'
}
