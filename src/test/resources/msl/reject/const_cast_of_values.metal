#include <metal_stdlib>
using namespace metal;

kernel void k(device float* out [[buffer(0)]], const device float* in [[buffer(1)]]) {
    device float* writable = const_cast<device float*>(in);
    int whole = const_cast<int>(3.5f);  // error: const_cast from 'float' to 'int' is not allowed
    ulong address = const_cast<ulong>(writable);  // error: const_cast from 'device float *' to 'ulong' is not allowed
    out[0] = *writable;
}
