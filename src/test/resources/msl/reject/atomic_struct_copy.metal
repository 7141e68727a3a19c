#include <metal_stdlib>
using namespace metal;
struct Counter { atomic_uint value; };
kernel void k(device Counter* c) {
    Counter copy = c[0];  // error: call to implicitly-deleted copy constructor of 'Counter'
}
