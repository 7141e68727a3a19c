// version: 3.1
#include <metal_stdlib>
using namespace metal;
constant os_log mine("a", "b");  // error: unknown type name 'os_log'
kernel void k(device int* out [[buffer(0)]]) {
    os_log_default.log("a");  // error: use of undeclared identifier 'os_log_default'
}
