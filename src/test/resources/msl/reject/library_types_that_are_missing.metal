#include <metal_stdlib>
using namespace metal;

kernel void k(
    device int* out [[buffer(0)]],
    raytracing::instance_acceleration_structure scene [[buffer(1)]]) {  // error: 'raytracing::instance_acceleration_structure' is not supported by the software device yet
    out[0] = 1;
}

kernel void j(device int* out [[buffer(0)]]) {
    simdgroup_event loaded;  // error: 'simdgroup_event' is not supported by the software device yet
    metal::raytracing::ray r;  // error: 'metal::raytracing::ray' is not supported by the software device yet
    raytracing::intersector<raytracing::triangle_data> i;  // error: 'raytracing::intersector' is not supported by the software device yet
    simdgroup_evnt misspelt;  // error: unknown type name 'simdgroup_evnt'
}
