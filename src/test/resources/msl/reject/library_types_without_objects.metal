#include <metal_stdlib>
using namespace metal;

using namespace metal::raytracing;  // error: 'metal::raytracing' is not supported by the software device yet

kernel void k(device int* out [[buffer(0)]]) {
    out[0] = int(raytracing::intersection_type::none);  // error: 'raytracing::intersection_type::none' is not supported by the software device yet
    out[1] = int(raytracer::none);  // error: use of undeclared identifier 'raytracer'
}
