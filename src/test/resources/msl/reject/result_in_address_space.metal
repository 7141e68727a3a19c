device int f(int x) { return x; }  // error at 8: return type cannot be qualified with an address space
device int& g(device int* p) { return *p; }
kernel void k(device int* out) { g(out) = 1; }
