// version: 3.2
#include <metal_stdlib>
using namespace metal;

int signed_id [[thread_position_in_grid]];  // error: type 'int' is not valid for attribute 'thread_position_in_grid'
uint started [[thread_position_in_grid]] = 1;  // error: gets its value from the dispatch: no initializer
device int* loose [[buffer(0)]];  // error: program scope variable must reside in constant address space
device int* constant far [[buffer(31)]];  // error: must be between 0 and 30
threadgroup int* constant wrong [[buffer(1)]];  // error: invalid address space qualification for buffer pointee type 'threadgroup int'
device int* constant shared_place [[threadgroup(1)]];  // error: invalid address space qualification for threadgroup pointee type 'device int'
device int* constant a [[buffer(2)]];
device int* constant same [[buffer(2)]];
device float* constant other [[buffer(2)]];  // error: bindings at 'buffer' index 2 have different types
device int* constant taken [[buffer(3)]];  // error: binding 'taken' is where kernel 'clash' has its parameter 'own'
kernel void clash(device int* own [[buffer(3)]]) { *own = *taken; }
uint gid [[thread_position_in_grid]];
kernel void writes(device int* out [[buffer(0)]]) {
    gid = 2;  // error: cannot assign
}
