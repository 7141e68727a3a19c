kernel void k(device float* a [[buffer(31)]]) { }  // error: 'buffer' attribute parameter is out of bounds: must be between 0 and 30
