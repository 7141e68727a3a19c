template <typename T> int f(T x) { return 1; }
template <> int f<int>(int x);
template <> int f<int>(int x) { return 2; }
template <> int f<int>(int x) { return 3; }      // error at 17: redefinition of 'f'
kernel void k(device int* out) { out[0] = f(1) + f(1.0f); }
template <> int f<float>(float x) { return 4; }  // error at 17: explicit specialization of 'f' after instantiation
