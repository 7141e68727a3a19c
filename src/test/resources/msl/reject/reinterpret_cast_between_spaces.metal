kernel void k(device float* out, threadgroup float* scratch) {
    device uint* p = reinterpret_cast<device uint*>(scratch);  // error: reinterpret_cast from 'threadgroup float *' to 'device uint *' converts between mismatching address spaces
}
