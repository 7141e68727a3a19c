#include <metal_stdlib>
using namespace metal // error: expected ';' after namespace name
constant int a = 1 // error: expected ';' after top level declarator
struct S { int x float y; }; // error: expected ';' at end of declaration list
struct T { int x; } // error: expected ';' after struct
kernel void k(device int* out [[buffer(0)]]) {
    int b = 1 // error: expected ';' at end of declaration
    out[0] = b // error: expected ';' after expression
    out[1] = b;
    return
} // error: expected expression
static_assert(true, "") int c; // error: expected ';' after static_assert
constant int d = 4;
