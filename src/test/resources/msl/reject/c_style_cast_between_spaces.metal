kernel void k(device float* out, threadgroup float* scratch) {
    device float* p = (device float*)scratch;  // error: C-style cast from 'threadgroup float *' to 'device float *' converts between mismatching address spaces
}
