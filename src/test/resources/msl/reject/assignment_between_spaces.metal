kernel void k(device float* out, threadgroup float* scratch) {
    out = scratch;  // error: assigning to 'device float *' from incompatible type 'threadgroup float *'
}
