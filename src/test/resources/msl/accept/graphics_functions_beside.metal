// kernel: twice
// version: 3.2
// grid: 4 threads: 4
// buffer 0: float[4] = 1 2 3 4
// expect 0: float[4] = 2 4 6 8
#include <metal_stdlib>
using namespace metal;

struct VertexIn {
    float3 position [[attribute(0)]];
    half4 colour [[attribute(1)]];
};

struct Varyings {
    float4 position [[position]];
    float size [[point_size]];
    float clip [[clip_distance]] [2];
    half4 colour [[user(locn0), centroid_perspective]];
    uint layer [[flat]] [[render_target_array_index]];
};

struct FragmentIn {
    float4 position [[position]];
    half4 colour [[user(locn0)]];
    interpolant<float2, interpolation::perspective> uv [[user(locn1)]];
};

struct Targets {
    half4 first [[color(0), index(0)]];
    float second [[color(1), raster_order_group(0)]];
    float depth [[depth(less)]];
    uint mask [[sample_mask]];
};

float scaled(float x) { return 2 * x; }

vertex Varyings transform(VertexIn in [[stage_in]], constant float4x4& matrix [[buffer(1)]],
                          uint vertex_number [[vertex_id]], ushort instance [[instance_id]]) {
    Varyings out = {};
    out.position = matrix * float4(in.position, scaled(1));
    out.colour = in.colour;
    out.layer = instance;
    return out;
}

[[vertex]] float4 alone(uint id [[vertex_id]], const device packed_float3* positions [[buffer(0)]]) {
    return float4(float3(positions[id]), 1);
}

struct ControlPoint {
    float3 position [[attribute(0)]];
};

struct PatchIn {
    patch_control_point<ControlPoint> points;
};

[[patch(quad, 4)]] vertex Varyings tessellated(PatchIn patch [[stage_in]], float2 where [[position_in_patch]],
                                               uint id [[patch_id]]) {
    Varyings out = {};
    out.position = float4(mix(patch.points[0].position, patch.points[1].position, where.x), id);
    return out;
}

[[early_fragment_tests]] fragment Targets shade(FragmentIn in [[stage_in]], bool front [[front_facing]],
                                                float2 point [[point_coord]], uint sample [[sample_id]]) {
    Targets out;
    if (!front) {
        discard_fragment();
    }
    out.first = in.colour + half(fwidth(point.x));
    out.second = dfdx(in.position.x) + in.uv.interpolate_at_sample(sample).y;
    out.depth = in.position.z;
    out.mask = 1u << get_num_samples();
    return out;
}

fragment half4 blended(half4 below [[color(0)]]) { return below * 0.5h; }

template <typename T> fragment vec<T, 4> constant_colour() { return vec<T, 4>(1); }
template [[host_name("half_colour")]] fragment half4 constant_colour<half>();

struct Payload {
    uint count;
};

using Triangles = mesh<Varyings, void, 64, 32, topology::triangle>;

[[object, max_total_threads_per_threadgroup(32)]] void expand(object_data Payload& payload [[payload]],
                                                              mesh_grid_properties grid,
                                                              uint lane [[thread_index_in_threadgroup]]) {
    threadgroup uint shared_count;
    if (lane == 0) {
        shared_count = 1;
        payload.count = shared_count;
        grid.set_threadgroups_per_grid(uint3(1));
    }
}

[[mesh]] void emit(Triangles out, const object_data Payload& payload [[payload]],
                   uint lane [[thread_index_in_threadgroup]]) {
    Varyings v = {};
    v.position = float4(payload.count);
    out.set_vertex(lane, v);
    out.set_index(3 * lane, uchar(lane));
    out.set_primitive_count(1);
}

struct Pixel {
    half4 colour [[color(0)]];
};

kernel void resolve(imageblock<Pixel, imageblock_layout_implicit> block, ushort2 at [[thread_position_in_threadgroup]]) {
    auto pixel = block.read(at);
    pixel.colour *= 0.5h;
    block.write(pixel, at);
}

kernel void twice(device float* values [[buffer(0)]], uint i [[thread_position_in_grid]]) {
    values[i] = scaled(values[i]);
}
