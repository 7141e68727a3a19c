template <typename T>
template <typename U>
U f(U x) { return x; }  // error at 3: too many template parameter lists in declaration of 'f'
kernel void k(device int* out) { out[0] = 1; }
