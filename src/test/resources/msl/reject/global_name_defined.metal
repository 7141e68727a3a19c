kernel void ::k(device int* out) { out[0] = 1; }  // error: out-of-line definition of 'k' does not match any declaration in the global namespace
