namespace one {
constant int value = 1;
}
constant int one = 4;         // error at 14: redefinition of 'one' as different kind of symbol
struct two {};
namespace two {}              // error at 11: redefinition of 'two' as different kind of symbol
namespace three {}
struct three {};              // error at 8: redefinition of 'three' as different kind of symbol
typedef int four;
constant int four = 4;        // error at 14: redefinition of 'four' as different kind of symbol
namespace five {
constant int value = 5;
}
kernel void k(device int* out) {
    int five = 5;
    out[0] = five + five::value;
}
