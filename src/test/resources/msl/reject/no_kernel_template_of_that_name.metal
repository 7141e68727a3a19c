template <typename T> kernel void k(device T* out) { }
template [[host_name("x")]] kernel void k<float, int>(device float*);  // error: no function template matches function template specialization 'k'
