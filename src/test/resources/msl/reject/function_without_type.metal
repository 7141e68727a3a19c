~f() { return 1; }              // error at 1: a type specifier is required for all declarations
operator int() { return 1; }    // error at 1: a type specifier is required for all declarations
kernel void k(device int* out) { out[0] = 1; }
