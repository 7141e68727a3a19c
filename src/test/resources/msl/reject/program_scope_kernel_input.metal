// version: 3.1
uint2 gid [[thread_position_in_grid]];
kernel void k(device uint* out) {
    out[0] = gid.x;  // error: a kernel input at program scope is not supported by the software device yet
}
