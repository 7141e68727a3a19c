float* f();  // error: pointer type must have explicit address space qualifier
