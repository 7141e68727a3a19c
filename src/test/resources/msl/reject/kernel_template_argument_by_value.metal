template <typename T> kernel void k(device T* out, T n) { }  // error: invalid type 'int' for input declaration in a kernel function
template [[host_name("k_int")]] kernel void k<int>(device int*, int);
