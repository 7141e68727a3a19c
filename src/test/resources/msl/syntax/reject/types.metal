#include <metal_stdlib>
using namespace metal;
unknown x; // error: unknown type name 'unknown'
device unknown_t* y; // error: unknown type name 'unknown_t'
void f(int a, foo b); // error: unknown type name 'foo'
void g(unknown::thing a) {} // error: unknown type name 'unknown::thing'
main() { } // error: a type specifier is required for all declarations
unsigned float z; // error: 'float' cannot be signed or unsigned
int long short w; // error: cannot combine with previous 'short' declaration specifier
float int v; // error: cannot combine with previous 'int' declaration specifier
struct { int a; } *p = 3, ; // error: expected unqualified-id
template <typename T> void h(T x) { T::inner y; } // error: missing 'typename' prior to dependent type name 'T::inner'
vec<float 4> q; // error: expected '>'
kernel void k(device int* out [[buffer(0)]]) {
    Foo bar; // error: unknown type name 'Foo'
    Foo<int> baz; // error: no template named 'Foo'
    out[0] = (Foo*)out; // error: use of undeclared identifier 'Foo'
    int 3x; // error: expected unqualified-id
    int for; // error: expected unqualified-id
    float4 a b; // error: expected ';' at end of declaration
}
typedef int 5; // error: expected unqualified-id
int ; // warning: declaration does not declare anything
