kernel void k(threadgroup float* a [[buffer(0)]]) { }  // error: invalid address space qualification for buffer pointee type 'threadgroup float'
