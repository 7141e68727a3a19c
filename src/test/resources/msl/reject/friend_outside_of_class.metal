friend int f(int x);  // error: 'friend' used outside of class
kernel void k(device int* out) { out[0] = 1; }
