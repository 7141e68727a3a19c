// version: 3.2
// kernel: scatter
// grid: 6 threads: 3
// threadgroup 1: 16
// buffer 0: int[6] = 10 20 30 40 50 60
// buffer 3: int[6] = 0
// buffer 4: int[1] = 7
// expect 3: int[6] = 37 27 17 67 57 47
#include <metal_stdlib>
using namespace metal;

uint gid [[thread_position_in_grid]];
uint2 wide [[thread_position_in_threadgroup]];
ushort unused [[thread_index_in_simdgroup]];
device int* constant source [[buffer(0)]];
constant int* constant offset [[buffer(4)]];
device void* constant untyped [[buffer(3)]];
threadgroup int* constant scratch [[threadgroup(1)]];
device float* constant of_nobody [[buffer(9)]];

uint mirrored() { return 2 - wide.x; }

struct Reader {
    int at(uint i) const { return source[i] + *offset; }
};

void stage(uint where) {
    scratch[where] = Reader().at(gid);
    threadgroup_barrier(mem_flags::mem_threadgroup);
}

kernel void scatter() {
    stage(wide.x);
    ((device int*)untyped)[gid] = scratch[mirrored()];
}

kernel void uses_none(device int* out [[buffer(0)]]) { *out = 1; }
