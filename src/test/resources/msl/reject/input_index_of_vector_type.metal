kernel void k(device float* out, uint2 i [[thread_index_in_threadgroup]]) { }  // error: is not valid for attribute 'thread_index_in_threadgroup'
