// grid: 2 threads: 2
// buffer 0: int[2] = 9
#include <metal_stdlib>
using namespace metal;
kernel void k(device int* out [[buffer(0)]], uint gid [[thread_position_in_grid]]) {
    int a[4] = {1, 2, 3, 4};
    int i = out[gid];
    out[gid] = a[i]; // fault: index 9 not in an array of 4 elements: 'a'
}
