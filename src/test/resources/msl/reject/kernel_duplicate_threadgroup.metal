kernel void k(threadgroup float* a [[threadgroup(2)]], threadgroup float* b [[threadgroup(2)]]) { }  // error: cannot reserve 'threadgroup' resource location at index 2
