void f(float& x) { x = 1; }  // error: reference type must have explicit address space qualifier
