kernel void a(device int* p [[buffer(-1)]]) {}                      // error: 'buffer' attribute parameter is out of bounds: must be between 0 and 30
kernel void b(device int* p [[buffer(1.5)]]) {}                     // error: must have integral or unscoped enumeration type
kernel void c(device int* p [[buffer]]) {}                          // error: 'buffer' attribute takes one argument
kernel void d(device int* p [[buffer(1, 2)]]) {}                    // error: 'buffer' attribute takes one argument
kernel void e(threadgroup int* p [[threadgroup(31)]]) {}            // error: 'threadgroup' attribute parameter is out of bounds: must be between 0 and 30
kernel void f(device int* p [[buffer(1)]], constant int& q [[buffer(1)]]) {}  // error: cannot reserve 'buffer' resource location at index 1
kernel void g(float i [[thread_position_in_grid]]) {}               // error: type 'float' is not valid for attribute 'thread_position_in_grid'
kernel void h(ulong i [[thread_position_in_grid]]) {}               // error: type 'ulong' is not valid for attribute 'thread_position_in_grid'
kernel void i(device uint* i [[thread_position_in_grid]]) {}        // error: type 'device uint *' is not valid for attribute 'thread_position_in_grid'
kernel void j(uint3 i [[thread_index_in_simdgroup]]) {}             // error: type 'uint3' (vector of 3 'uint' values) is not valid for attribute 'thread_index_in_simdgroup'
[[max_total_threads_per_threadgroup(0)]] kernel void l() {}         // error: 'max_total_threads_per_threadgroup' attribute parameter is out of bounds
constant int m [[function_constant]];                               // error: 'function_constant' attribute takes one argument
constant int n [[function_constant(1)]];
constant int o [[function_constant(1)]];                            // error: cannot reserve 'function_constant' resource location at index 1
int q [[function_constant(2)]];                                     // error: program scope variable must reside in constant address space
template <int size> int r() { return size; }
kernel void s(device int* out) {
    switch (out[0]) {
    case n:                                                         // error: case value is not a constant expression
        break;
    }
    out[0] = r<n>();                                                // error: no matching function for call to 'r'
}
