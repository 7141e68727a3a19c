void f() {
    threadgroup float scratch[32];  // error: variables in the threadgroup address space cannot be declared in a non-qualified function
    scratch[0] = 0;
}
kernel void k() { f(); }
