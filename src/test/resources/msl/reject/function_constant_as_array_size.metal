constant int size [[function_constant(0)]];
kernel void k(device float* out) {
    float a[size];  // error: variable length arrays are not supported in Metal
}
