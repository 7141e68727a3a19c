enum A { A0 = -1, A1 = 0x8000000000000000 };  // error: enumeration values exceed range of largest integer
enum B : uchar { B0 = 256 };  // error: enumerator value evaluates to 256, which cannot be narrowed to type 'uchar'
enum C : uchar { C0 = 255, C1 };  // error: enumerator value 256 is not representable in the underlying type 'uchar'
enum D { D0 = 0xffffffffffffffff, D1 };  // error: incremented enumerator value 18446744073709551616 is not representable in the largest integer type
enum class E : uint { E0 = -1 };  // error: enumerator value evaluates to -1, which cannot be narrowed to type 'uint'
enum class F { F0 = 0x80000000 };  // error: enumerator value evaluates to 2147483648, which cannot be narrowed to type 'int'
enum class G { G0 = 3 };
enum H { H0 = G::G0 };  // error: enumerator value must have integral or unscoped enumeration type
enum I { I0 = 1.5f };  // error: enumerator value must have integral or unscoped enumeration type
enum J;  // error: ISO C++ forbids forward references to 'enum' types
enum class K : int;
enum class K : long { K0 };  // error: enumeration redeclared with different underlying type 'long' (was 'int')
enum L : int;
enum class L : int { L0 };  // error: enumeration previously declared as unscoped
enum M : int;
enum M { M0 };  // error: enumeration previously declared with fixed underlying type
enum N : bool { N0, N1, N2 };  // error: enumerator value 2 is not representable in the underlying type 'bool'
kernel void k(device int* out) {
    int size[G::G0];  // error: size of array has non-integer type
}
