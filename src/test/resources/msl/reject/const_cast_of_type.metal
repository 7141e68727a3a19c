kernel void k(const device int* in) {
    auto p = const_cast<device float*>(in);  // error: const_cast from 'const device int *' to 'device float *' is not allowed
}
