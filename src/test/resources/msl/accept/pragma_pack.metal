// #pragma pack around classes whose members it does not move, as headers shared with the host have it.
// grid: 1 threads: 1
// buffer 0: int[5] = 0
// expect 0: int[5] = 28 40 16 2 16
#include <metal_stdlib>
using namespace metal;

#pragma pack(push, 4)
struct Attributes {
    packed_float3 position;
    packed_half3 colour;
    float distance;
    float size;
};
struct Particle {
    Attributes attributes;
    packed_float3 velocity;
};
#pragma pack(push)
#pragma pack(1)
struct Bytes {
    uchar a;
    packed_uchar3 b[5];
};
#pragma pack(pop)
#pragma pack(push, 2)
struct Shorts {
#pragma pack(pop)
    half a;
    enum { FIRST };
};
#pragma pack(pop)
struct Wide {
    float4 a;
};
#pragma pack(8)
#pragma pack()
struct WideToo {
    float4 a;
};

static_assert(sizeof(Attributes) == 28 && sizeof(Particle) == 40, "as without");

kernel void packed(device int* out [[buffer(0)]]) {
    out[0] = sizeof(Attributes);
    out[1] = sizeof(Particle);
    out[2] = sizeof(Bytes);
    out[3] = sizeof(Shorts);
    out[4] = sizeof(WideToo);
}
