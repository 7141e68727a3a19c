#include <metal_stdlib>
using namespace metal;

kernel void n_body(
    const device float4* bodies [[buffer(0)]],
    device float4* accelerations [[buffer(1)]],
    uint index [[thread_position_in_grid]],
    uint count [[threads_per_grid]]) {
    float3 here = bodies[index].xyz;
    float3 sum = float3(0.0f);
    for (uint i = 0; i < count; i++) {
        float4 other = bodies[i];
        float3 away = other.xyz - here;
        float square = away.x * away.x + away.y * away.y + away.z * away.z + 0.01f;
        float root = sqrt(square);
        sum += away * (other.w / (square * root));
    }
    accelerations[index] = float4(sum, 0.0f);
}
