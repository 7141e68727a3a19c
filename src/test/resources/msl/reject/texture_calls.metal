#include <metal_stdlib>
using namespace metal;

constexpr sampler smooth(filter::linear);

kernel void k(texture2d<float> s [[texture(0)]], texture2d<float, access::read> r [[texture(1)]],
              texture2d<float, access::write> w [[texture(2)]], texture1d<float> one [[texture(3)]],
              texture2d<uint, access::read_write> u [[texture(4)]], sampler given [[sampler(0)]],
              texture2d<float> twice [[texture(4)]],  // error: cannot reserve 'texture' resource location at index 4
              sampler far [[sampler(16)]],  // error: 'sampler' attribute parameter is out of bounds: must be between 0 and 15
              array<texture2d<float>, 4> many [[texture(125)]],  // error: 'texture' attribute parameter is out of bounds: must be between 0 and 124
              sampler wrong [[texture(9)]],  // error: 'texture' attribute cannot be applied to a parameter of type
              device float4* out [[buffer(0)]], uint2 gid [[thread_position_in_grid]]) {
}

kernel void calls(texture2d<float> s [[texture(0)]], texture2d<float, access::read> r [[texture(1)]],
              texture2d<float, access::write> w [[texture(2)]], texture1d<float> one [[texture(3)]],
              texture2d<uint, access::read_write> u [[texture(4)]], sampler given [[sampler(0)]],
              device float4* out [[buffer(0)]], uint2 gid [[thread_position_in_grid]]) {
    out[0] = s.read(int2(gid));  // error: no matching member function for call to 'read'
    out[1] = s.read(float2(gid));  // error: no matching member function for call to 'read'
    out[2] = r.sample(smooth, float2(gid));  // error: no matching member function for call to 'sample'
    out[3] = w.read(gid);  // error: no matching member function for call to 'read'
    r.write(float4(1), gid);  // error: no matching member function for call to 'write'
    w.write(half4(1), gid);  // error: no matching member function for call to 'write'
    out[4] = one.read(gid.x, gid.y);  // error: no matching member function for call to 'read'
    out[5] = s.sample(given, half2(0));  // error: no matching member function for call to 'sample'
    out[6] = s.sample(given, float2(0), level(0), min_lod_clamp(1));  // error: no matching member function for call to 'sample'
    out[7] = s.sample_compare(given, float2(0), 0.5f);  // error: no member named 'sample_compare'
    out[8] = s.sparse_sample(given, float2(0)).value();  // error: 'sparse_sample' is not supported by the software device yet
    s.fence();  // error: no matching member function for call to 'fence'
    texture2d<float, access::write> local = w;  // error: only textures with access 'sample' or 'read' can be local
    texture2d<bool> flags;  // error: invalid element type for texture type
    constexpr sampler varying(max_anisotropy(int(gid.x)));  // error: constexpr variable 'varying' must be initialized by a constant expression
}
