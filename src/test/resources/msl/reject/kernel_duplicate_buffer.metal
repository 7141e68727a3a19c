kernel void k(device float* a [[buffer(0)]], device float* b [[buffer(0)]]) { }  // error: cannot reserve 'buffer' resource location at index 0
