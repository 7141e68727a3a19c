kernel void k(device float* out, threadgroup float* scratch) {
    device float* p = scratch;  // error: cannot initialize a variable of type 'device float *' with an lvalue of type 'threadgroup float *'
}
