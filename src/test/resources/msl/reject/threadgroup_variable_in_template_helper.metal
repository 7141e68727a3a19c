template <typename T> void f(T x) {
    threadgroup T scratch[32];  // error: variables in the threadgroup address space cannot be declared in a non-qualified function
}
kernel void k() { f(1.0f); }
