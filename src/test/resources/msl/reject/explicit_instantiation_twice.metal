template <typename T>
kernel void fill(device T* out) { out[0] = 1; }
template [[host_name("fill_float")]] kernel void fill<float>(device float*);
template [[host_name("again")]] kernel void fill<float>(device float*);  // error: duplicate explicit instantiation of 'fill<float>'
