struct Pair {
    int a, b;
};
kernel void a(Pair p, device int* out) {}                       // error: invalid type 'Pair' for input declaration in a kernel function
kernel void b(Pair p [[buffer(0)]]) {}                          // error: invalid type 'Pair' for input declaration in a kernel function
kernel void c(int cells[4]) {}                                  // error: invalid address space qualification for buffer pointee type 'thread int'
kernel void d(thread int& r) {}                                 // error: invalid address space qualification for buffer pointee type 'thread int'
kernel void e(device int* device* p) {}                         // error: a buffer cannot hold pointers by itself
kernel void f(device int* p [[threadgroup(0)]]) {}              // error: invalid address space qualification for buffer pointee type 'device int'
kernel void g(uint i) {}                                        // error: invalid type 'uint' for input declaration in a kernel function
kernel void h(device int* out, ...) {}                          // error: variadic functions are not supported in Metal
kernel int i(device int* out) { return 1; }                     // error: invalid return type 'int' for kernel function
kernel void j(device int* out, uint v [[vertex_id]]) {}         // error: invalid type 'uint' for input declaration in a kernel function
kernel void l(device int* out, uint v [[thread_position]]) {}   // error: invalid type 'uint' for input declaration in a kernel function
kernel void m(device int* out) { return 1; }                    // error: void function 'm' should not return a value
kernel void n(device int* out) { n(out); }                      // error: kernel function 'n' cannot be called from a function
