template <int n> int f() { return f<n + 1>(); }  // error at 22: recursive template instantiation exceeded maximum depth of 1024
kernel void k(device int* out) { out[0] = f<0>(); }
