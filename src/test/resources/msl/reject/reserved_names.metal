#include <metal_stdlib>
using namespace metal;

struct quad { int x; };  // error: redefinition of 'quad' as different kind of symbol
typedef float float8;  // error: redefinition of 'float8' as different kind of symbol
using double2 = float2;  // error: redefinition of 'double2' as different kind of symbol
template <typename T> struct complex { T re, im; };  // error: redefinition of 'complex' as different kind of symbol
static int int8(int x) { return x; }  // error: redefinition of 'int8' as different kind of symbol
typedef ulong size_t;
namespace mine {
struct quad { int x; };
}
static int ok(int quad) { return quad; }
