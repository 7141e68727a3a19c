constant int base [[function_constant(0)]];
constant int derived = base + 1;
constexpr constant int known = base + 1;  // error at 37: initializer element is not a compile-time constant
kernel void k(device int* out) { out[0] = derived; }
