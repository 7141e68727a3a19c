#include <metal_stdlib>
using namespace metal;

constexpr sampler twice(filter::linear, coord::normalized, filter::nearest);  // error: argument 'filter' of a sampler is given twice
constexpr sampler bounds(lod_clamp(0, 1), lod_clamp(0, 2));  // error: argument 'lod_clamp' of a sampler is given twice
constexpr sampler pixels(coord::pixel, address::repeat);  // error: a sampler with pixel coordinates cannot repeat
constexpr sampler fine(coord::pixel, filter::linear, address::clamp_to_border, border_color::opaque_white);

struct Plain {
    texture2d<float> image [[texture(0)]];
    int count;
};

kernel void plain(Plain p) {}  // error: invalid type 'Plain' for input declaration in a kernel function

struct Pair {
    texture2d<float> image [[texture(0)]];
    texture2d<float> other [[texture(0)]];  // error: cannot reserve 'texture' resource location at index 0
};

kernel void pair(Pair p) {}

template <component c> float4 gathered(texture2d<float> t) { return t.gather(sampler(), float2(0), int2(0), c); }

kernel void k(texture2d<float> t [[texture(0)]], depth2d<float> d [[texture(1)]], device float4* out [[buffer(0)]],
              uint i [[thread_position_in_grid]]) {
    component varying = i == 0 ? component::x : component::y;
    constexpr component fixed = component::w;
    out[0] = t.gather(fine, float2(0), int2(0), varying);  // error: component argument of 'gather' must be a constant expression
    out[1] = t.gather(fine, float2(0), int2(0), fixed) + gathered<component::z>(t);
    constexpr sampler mips(mip_filter::linear, coord::pixel);  // error: a sampler with pixel coordinates has no mip filter
    constexpr sampler mixed(coord::pixel, min_filter::linear);  // error: a sampler with pixel coordinates has the same filter for minification and magnification
    out[2] = t.sample(sampler(coord::pixel, s_address::mirrored_repeat), float2(0));  // error: a sampler with pixel coordinates cannot repeat
    out[3] = d.gather(fine, float2(0));
}
