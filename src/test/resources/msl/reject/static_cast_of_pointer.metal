kernel void k(device int* out) {
    auto p = static_cast<device float*>(out);  // error: static_cast from 'device int *' to 'device float *' is not allowed
}
