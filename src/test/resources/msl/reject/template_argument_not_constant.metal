template <int n> int f() { return n; }
kernel void k(device int* out) {
    int n = 3;
    out[0] = f<n>();  // error: no matching function for call to 'f'
}
