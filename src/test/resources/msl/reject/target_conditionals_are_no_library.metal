#include <TargetConditionals.h>
using namespace metal;  // error: use of undeclared identifier 'metal'; include <metal_stdlib>
