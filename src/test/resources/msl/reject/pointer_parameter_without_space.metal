void f(float* p) { }  // error at 13: pointer type must have explicit address space qualifier
