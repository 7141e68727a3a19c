// grid: 3 threads: 3
// buffer 0: float[12] = 1 2 3 0 4 5 6 0 7 8 9 0
// buffer 1: float[3] = 0
// expect 0: float[12] = 2 2 3 1 8 5 6 1 14 8 9 1
// expect 1: float[3] = 6 15 24
#include <metal_stdlib>
using namespace metal;
struct Particle {
    packed_float3 position;
    float mass;
    float sum() const device { return position.x + position.y + position.z; }
};
struct Accumulator {
    float total = 0;
    void add(float x) thread { total += x; }
};
static void scale(device Particle& p, float factor) { p.position.x *= factor; p.mass = 1; }
kernel void k(device Particle* particles [[buffer(0)]], device float* out [[buffer(1)]],
              uint gid [[thread_position_in_grid]]) {
    device Particle* p = particles + gid;
    Accumulator a;
    a.add(p->sum());
    out[gid] = a.total;
    scale(*p, 2);
}
