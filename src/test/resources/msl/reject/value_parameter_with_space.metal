void f(device float x) { }  // error: parameter may not be qualified with an address space
