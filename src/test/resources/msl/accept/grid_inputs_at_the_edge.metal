// grid: 10 threads: 4
// buffer 0: uint[7] = 0
// expect 0: uint[7] = 2 4 3 10 2 1 32
kernel void inputs(
    device uint* out [[buffer(0)]],
    uint position [[thread_position_in_grid]],
    uint group [[threadgroup_position_in_grid]],
    uint actual [[threads_per_threadgroup]],
    uint asked [[dispatch_threads_per_threadgroup]],
    uint groups [[threadgroups_per_grid]],
    uint threads [[threads_per_grid]],
    uint lane [[thread_index_in_simdgroup]],
    uint width [[threads_per_simdgroup]]) {
    if (position == 9) {
        out[0] = actual;
        out[1] = asked;
        out[2] = groups;
        out[3] = threads;
        out[4] = group;
        out[5] = lane;
        out[6] = width;
    }
}
