// What graphics functions use beside the rest of the library (MSL specification, sections 2.10, 2.11, 2.18, 2.19, 6.10
// and 6.11). They are checked and never run: a body here only gives a value of its function's type.

namespace metal {

#define GRADIENTS(T)                                                                                                   \
    inline T dfdx(T p) { return p; }                                                                                   \
    inline T dfdy(T p) { return p; }                                                                                   \
    inline T fwidth(T p) { return p; }
GRADIENTS(float)
GRADIENTS(float2)
GRADIENTS(float3)
GRADIENTS(float4)
GRADIENTS(half)
GRADIENTS(half2)
GRADIENTS(half3)
GRADIENTS(half4)
#undef GRADIENTS

inline void discard_fragment() {}
inline uint get_num_samples() { return 1; }
inline float2 get_sample_position(uint index) { return float2(0.5f); }
inline float __lod_of_fragments() { return 0; }
inline bool simd_is_helper_thread() { return false; }

namespace interpolation {
struct perspective {};
struct no_perspective {};
}

template <typename T, typename P> struct interpolant {
    T interpolate_at_center() const { return T(); }
    T interpolate_at_centroid() const { return T(); }
    T interpolate_at_offset(float2 offset) const { return T(); }
    T interpolate_at_sample(uint sample) const { return T(); }
};

template <typename T> struct patch_control_point {
    T operator[](size_t index) const { return T(); }
    size_t size() const { return 0; }
};

enum class topology { point, line, triangle };

template <typename V, typename P, uint vertices, uint primitives, topology shape> struct mesh {
    static constexpr constant uint max_vertices = vertices;
    static constexpr constant uint max_primitives = primitives;
    static constexpr constant topology mesh_topology = shape;
    void set_vertex(uint index, V vertex_data) {}
    void set_primitive(uint index, P primitive_data) {}
    void set_primitive_count(uint count) {}
    void set_index(uint index, uchar value) {}
    void set_indices(uint index, uchar2 values) {}
    void set_indices(uint index, uchar4 values) {}
};
template <typename V, uint vertices, uint primitives, topology shape> struct mesh<V, void, vertices, primitives, shape> {
    static constexpr constant uint max_vertices = vertices;
    static constexpr constant uint max_primitives = primitives;
    static constexpr constant topology mesh_topology = shape;
    void set_vertex(uint index, V vertex_data) {}
    void set_primitive_count(uint count) {}
    void set_index(uint index, uchar value) {}
    void set_indices(uint index, uchar2 values) {}
    void set_indices(uint index, uchar4 values) {}
};

struct mesh_grid_properties {
    void set_threadgroups_per_grid(uint3 groups) {}
};

enum class imageblock_data_rate { color, sample };
struct imageblock_layout_explicit {};
struct imageblock_layout_implicit {};

template <typename T, typename L = imageblock_layout_explicit> struct imageblock {
    ushort get_width() const { return 0; }
    ushort get_height() const { return 0; }
    ushort get_num_samples() const { return 1; }
    ushort get_num_colors(ushort2 coord) const { return 1; }
    ushort get_color_coverage_mask(ushort2 coord, ushort index) const { return 1; }
    T read(ushort2 coord) const { return T(); }
    T read(ushort2 coord, ushort index, imageblock_data_rate rate = imageblock_data_rate::sample) const { return T(); }
    void write(T value, ushort2 coord) {}
    void write(T value, ushort2 coord, ushort mask) {}
    threadgroup_imageblock T* data(ushort2 coord) { return nullptr; }
    threadgroup_imageblock T* data(ushort2 coord, ushort index, imageblock_data_rate rate) { return nullptr; }
};

// Pixel types of imageblocks: a value of T that is stored in another format.
#define PIXEL(name)                                                                                                    \
    template <typename T> struct name {                                                                                \
        T value;                                                                                                       \
        name() = default;                                                                                              \
        name(T v) : value(v) {}                                                                                        \
        operator T() const { return value; }                                                                           \
        operator T() const threadgroup_imageblock { return value; }                                                    \
        threadgroup_imageblock name& operator=(T v) threadgroup_imageblock {                                           \
            value = v;                                                                                                 \
            return *this;                                                                                              \
        }                                                                                                              \
    };
PIXEL(r8unorm)
PIXEL(r8snorm)
PIXEL(r16unorm)
PIXEL(r16snorm)
PIXEL(rg8unorm)
PIXEL(rg8snorm)
PIXEL(rg16unorm)
PIXEL(rg16snorm)
PIXEL(rgba8unorm)
PIXEL(srgba8unorm)
PIXEL(rgba8snorm)
PIXEL(rgba16unorm)
PIXEL(rgba16snorm)
PIXEL(rgb10a2)
PIXEL(rg11b10f)
PIXEL(rgb9e5)
#undef PIXEL

struct rasterization_rate_map_data {
    uint undisclosed;
};

struct rasterization_rate_map_decoder {
    explicit rasterization_rate_map_decoder(constant rasterization_rate_map_data& data) {}
    float2 map_screen_to_physical_coordinates(float2 screen, uint layer = 0) const { return screen; }
    uint2 map_screen_to_physical_coordinates(uint2 screen, uint layer = 0) const { return screen; }
    float2 map_physical_to_screen_coordinates(float2 physical, uint layer = 0) const { return physical; }
    uint2 map_physical_to_screen_coordinates(uint2 physical, uint layer = 0) const { return physical; }
};

}

struct MTLQuadTessellationFactorsHalf {
    half edgeTessellationFactor[4];
    half insideTessellationFactor[2];
};

struct MTLTriangleTessellationFactorsHalf {
    half edgeTessellationFactor[3];
    half insideTessellationFactor;
};
