int f(int count, ...);  // error: variadic functions are not supported in Metal
