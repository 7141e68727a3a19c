// grid: 4 threads: 2
// buffer 0: int[4] = 0
// buffer 1: uint[9] = 4 10 20 30 40 50 60 70 80
// buffer 2: uint[9] = 4 10 20 30 40 50 60 70 80
// expect 0: int[4] = 80 100 120 140
#include <metal_stdlib>
using namespace metal;
struct Inner { uint pad; uint v[1]; };
struct Outer { uint n; Inner inner; };
struct Flat {
    uint n;
    uint v[1];
    uint get(uint i) const device { return v[i]; }
};
kernel void k(device int* o [[buffer(0)]], device Flat& flat [[buffer(1)]], constant Outer* outer [[buffer(2)]],
              uint i [[thread_position_in_grid]]) {
    device Flat* p = &flat;
    o[i] = flat.v[i] + p->v[3] + flat.get(i) + outer->inner.v[0] + outer->inner.v[i] - flat.v[i] - p->v[1] + 10;
}
