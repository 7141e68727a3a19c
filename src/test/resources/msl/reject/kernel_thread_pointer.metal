kernel void k(thread float* a) { }  // error: invalid address space qualification for buffer pointee type 'thread float'
