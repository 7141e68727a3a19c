#include <metal_stdlib>
using namespace metal;

struct Varyings {
    float4 position [[position]];
    float2 uv;
};

vertex int returns(uint id [[vertex_id]]) { return 0; }  // error: invalid return type 'int' for vertex function
vertex float4 typed(int id [[vertex_id]]) { return 0; }  // error: type 'int' is not valid for attribute 'vertex_id'
vertex float4 twice(uint a [[vertex_id]], uint b [[vertex_id]]) { return 0; }  // error: duplicate attribute 'vertex_id'
vertex float4 far(device float4* p [[buffer(31)]]) { return *p; }  // error: must be between 0 and 30
vertex float4 shared_place(device float4* p [[buffer(1)]],
                           device float4* q [[buffer(1)]]) {  // error: cannot reserve 'buffer' resource location at index 1
    return *p + *q;
}
fragment float4 staged(float4 in [[stage_in]]) { return in; }  // error: is not valid for attribute 'stage_in'
fragment float4 facing(uint f [[front_facing]]) { return float4(f); }  // error: is not valid for attribute 'front_facing'
fragment float4 plain(int value) { return float4(value); }  // error: invalid type 'int' for input declaration in a fragment function
fragment float4 body(Varyings in [[stage_in]]) {
    return in.colour;  // error: no member named 'colour' in 'Varyings'
}
fragment float4 shares(Varyings in [[stage_in]]) {
    threadgroup float x[4];  // error: variables in the threadgroup address space cannot be declared in a non-qualified function
    return x[0];
}
[[mesh]] float4 result(mesh<Varyings, void, 3, 1, topology::triangle> m) { return 0; }  // error: invalid return type 'float4'
fragment float4 shade(Varyings in [[stage_in]]) { return in.position; }
fragment float4 shade(Varyings in [[stage_in]], uint id [[primitive_id]]) { return in.position; }  // error: fragment function 'shade' cannot be overloaded
float4 helper(Varyings in) { return shade(in); }  // error: fragment function 'shade' cannot be called from a function
[[host_name("shade")]] vertex float4 other() { return 0; }  // error: a function named 'shade' exists already in the library
kernel void intersects(device float* out [[buffer(0)]]) {
    Varyings v;
    out[0] = shade(v).x;  // error: fragment function 'shade' cannot be called from a function
}
