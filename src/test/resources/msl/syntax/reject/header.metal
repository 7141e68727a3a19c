#include <metal_stdlib>
#include "foo.h" // error: 'foo.h' file not found
int x
