// Textures and samplers (metal_texture; MSL specification, sections 2.9, 2.10 and 6.12). A texture is the handle of an
// object, as it stands in argument buffers. A member function tells the thread's texture unit its arguments, one by one,
// and then what to do: functions whose names begin with __texture are the unit's.

namespace metal {

enum class access { sample, read, write, read_write };
enum class component { x, y, z, w };

// The values are those of SamplerState, and the place of each argument in a sampler's 64 bits follows from __put.
enum class coord { normalized, pixel };
enum class address { clamp_to_edge = 0, repeat = 2, mirrored_repeat = 3, clamp_to_zero = 4, clamp_to_border = 5 };
enum class s_address { clamp_to_edge = 0, repeat = 2, mirrored_repeat = 3, clamp_to_zero = 4, clamp_to_border = 5 };
enum class t_address { clamp_to_edge = 0, repeat = 2, mirrored_repeat = 3, clamp_to_zero = 4, clamp_to_border = 5 };
enum class r_address { clamp_to_edge = 0, repeat = 2, mirrored_repeat = 3, clamp_to_zero = 4, clamp_to_border = 5 };
enum class border_color { transparent_black, opaque_black, opaque_white };
enum class filter { nearest, linear };
enum class min_filter { nearest, linear };
enum class mag_filter { nearest, linear };
enum class mip_filter { none, nearest, linear };
enum class compare_func { never, less, equal, less_equal, greater, not_equal, greater_equal, always };
enum class reduction { weighted_average, minimum, maximum };

struct max_anisotropy {
    int __value;
    constexpr max_anisotropy(int value) : __value(value) {}
};
struct lod_clamp {
    float __least;
    float __most;
    constexpr lod_clamp(float least, float most) : __least(least), __most(most) {}
};

// How the level of a sample is found.
struct bias {
    float __value;
    constexpr bias(float value) : __value(value) {}
    void __set() const { __texture_bias(__value); }
};
struct level {
    float __value;
    constexpr level(float value) : __value(value) {}
    void __set() const { __texture_level(__value); }
};
struct min_lod_clamp {
    float __value;
    constexpr min_lod_clamp(float value) : __value(value) {}
    void __set() const { __texture_least_lod(__value); }
};
struct gradient2d {
    float2 __x;
    float2 __y;
    constexpr gradient2d(float2 x, float2 y) : __x(x), __y(y) {}
    void __set() const { __texture_gradient(__x.x, __x.y, __y.x, __y.y); }
};
struct gradient3d {
    float3 __x;
    float3 __y;
    constexpr gradient3d(float3 x, float3 y) : __x(x), __y(y) {}
    void __set() const {
        __texture_gradient_x(__x.x, __x.y, __x.z);
        __texture_gradient_y(__y.x, __y.y, __y.z);
    }
};
struct gradientcube {
    float3 __x;
    float3 __y;
    constexpr gradientcube(float3 x, float3 y) : __x(x), __y(y) {}
    void __set() const {
        __texture_gradient_x(__x.x, __x.y, __x.z);
        __texture_gradient_y(__y.x, __y.y, __y.z);
    }
};

// A sampler's 64 bits: the arguments of a sampler that the program makes, or the handle of one that the host made.
//
//   63     56 55   45 44      35 34      25 24   23 22     19 18 16 15 14 13  12  11 10 9 7 6 4 3 1  0
//  +---------+-------+----------+----------+-------+---------+-----+-----+---+---+-----+---+---+---+---+
//  |  0x43   | bias  | max lod  | min lod  |reduce |aniso - 1|comp | mip |mag|min|bordr| r | t | s |pix|
//  +---------+-------+----------+----------+-------+---------+-----+-----+---+---+-----+---+---+---+---+
//
// Levels of detail have 4 bits and 6 behind the point, the bias a sign too; all ones of the greatest are no limit.
constexpr size_t __put(size_t state, int from, int bits, int value) {
    size_t mask = (size_t(1) << bits) - 1;
    return (state & ~(mask << from)) | ((size_t(value) & mask) << from);
}
constexpr int __fixed(float value, int most) {
    return value >= float(most) / 64.0f ? most : value <= -16.0f ? -1024 : int(value * 64.0f + (value < 0.0f ? -0.5f : 0.5f));
}
constexpr size_t __with(size_t s, coord v) { return __put(s, 0, 1, int(v)); }
constexpr size_t __with(size_t s, s_address v) { return __put(s, 1, 3, int(v)); }
constexpr size_t __with(size_t s, t_address v) { return __put(s, 4, 3, int(v)); }
constexpr size_t __with(size_t s, r_address v) { return __put(s, 7, 3, int(v)); }
constexpr size_t __with(size_t s, address v) {
    return __put(__put(__put(s, 1, 3, int(v)), 4, 3, int(v)), 7, 3, int(v));
}
constexpr size_t __with(size_t s, border_color v) { return __put(s, 10, 2, int(v)); }
constexpr size_t __with(size_t s, min_filter v) { return __put(s, 12, 1, int(v)); }
constexpr size_t __with(size_t s, mag_filter v) { return __put(s, 13, 1, int(v)); }
constexpr size_t __with(size_t s, filter v) { return __put(__put(s, 12, 1, int(v)), 13, 1, int(v)); }
constexpr size_t __with(size_t s, mip_filter v) { return __put(s, 14, 2, int(v)); }
constexpr size_t __with(size_t s, compare_func v) { return __put(s, 16, 3, int(v)); }
constexpr size_t __with(size_t s, max_anisotropy v) {
    return __put(s, 19, 4, (v.__value < 1 ? 1 : v.__value > 16 ? 16 : v.__value) - 1);
}
constexpr size_t __with(size_t s, reduction v) { return __put(s, 23, 2, int(v)); }
constexpr size_t __with(size_t s, lod_clamp v) {
    return __put(__put(s, 25, 10, v.__least <= 0.0f ? 0 : __fixed(v.__least, 1022)), 35, 10, __fixed(v.__most, 1023));
}
constexpr size_t __with(size_t s, bias v) { return __put(s, 45, 11, __fixed(v.__value, 1023)); }
template <typename A, typename B, typename... Rest> constexpr size_t __with(size_t s, A first, B second, Rest... rest) {
    return __with(__with(s, first), second, rest...);
}

struct sampler {
    size_t __state;
    constexpr sampler() : __state(0x43001FF800000000) {}
    template <typename A, typename... Rest, typename = enable_if_t<!is_same_v<remove_cvref_t<A>, sampler>>>
    constexpr sampler(A first, Rest... rest) : __state(__with(size_t(0x43001FF800000000), first, rest...)) {}
};

template <typename T> constexpr constant bool __is_ulong = is_same_v<T, size_t>;

// What texels are for each element type.
template <typename T> struct __texel {};
template <> struct __texel<float> {
    static constexpr constant int element = 0;
    static float4 rest(float red) {
        return float4(red, __texture_channel(1), __texture_channel(2), __texture_channel(3));
    }
    static float4 sample() { return rest(__texture_sample()); }
    static float4 gather() { return rest(__texture_gather()); }
    static float4 read() { return rest(__texture_read()); }
    static void write(float4 color) {
        __texture_color(color.x, color.y, color.z, color.w);
        __texture_write();
    }
};
template <> struct __texel<half> {
    static constexpr constant int element = 1;
    static half4 sample() { return half4(__texel<float>::sample()); }
    static half4 gather() { return half4(__texel<float>::gather()); }
    static half4 read() { return half4(__texel<float>::read()); }
    static void write(half4 color) { __texel<float>::write(float4(color)); }
};
template <> struct __texel<int> {
    static constexpr constant int element = 2;
    static int4 rest(int red) {
        return int4(red, __texture_int_channel(1), __texture_int_channel(2), __texture_int_channel(3));
    }
    static int4 sample() { return rest(__texture_sample_int()); }
    static int4 gather() { return rest(__texture_gather_int()); }
    static int4 read() { return rest(__texture_read_int()); }
    static void write(int4 color) {
        __texture_int_color(color.x, color.y, color.z, color.w);
        __texture_write_int();
    }
    static void color(int4 color) { __texture_int_color(color.x, color.y, color.z, color.w); }
    static int4 atomic(int operation) { return int4(__texture_atomic(operation, 0), 0, 0, 0); }
    static bool compare(thread int4 *expected, int desired) {
        expected->x = __texture_atomic_compare(expected->x, desired);
        return __texture_exchanged() != 0;
    }
};
template <> struct __texel<short> {
    static constexpr constant int element = 3;
    static short4 saturated(int4 color) { return short4(clamp(color, int4(-32768), int4(32767))); }
    static short4 sample() { return saturated(__texel<int>::sample()); }
    static short4 gather() { return saturated(__texel<int>::gather()); }
    static short4 read() { return saturated(__texel<int>::read()); }
    static void write(short4 color) { __texel<int>::write(int4(color)); }
};
template <> struct __texel<uint> {
    static constexpr constant int element = 4;
    static uint4 sample() { return uint4(__texel<int>::sample()); }
    static uint4 gather() { return uint4(__texel<int>::gather()); }
    static uint4 read() { return uint4(__texel<int>::read()); }
    static void write(uint4 color) { __texel<int>::write(int4(color)); }
    static void color(uint4 color) { __texel<int>::color(int4(color)); }
    static uint4 atomic(int operation) { return uint4(__texture_atomic(operation, 1), 0, 0, 0); }
    static bool compare(thread uint4 *expected, uint desired) {
        expected->x = uint(__texture_atomic_compare(int(expected->x), int(desired)));
        return __texture_exchanged() != 0;
    }
};
template <> struct __texel<ushort> {
    static constexpr constant int element = 5;
    static ushort4 saturated(uint4 color) { return ushort4(min(color, uint4(65535))); }
    static ushort4 sample() { return saturated(__texel<uint>::sample()); }
    static ushort4 gather() { return saturated(__texel<uint>::gather()); }
    static ushort4 read() { return saturated(__texel<uint>::read()); }
    static void write(ushort4 color) { __texel<int>::write(int4(color)); }
};
template <> struct __texel<size_t> {
    static constexpr constant int element = 6;
};

#if __METAL_VERSION__ >= 320
enum memory_coherence { memory_coherence_threadgroup, memory_coherence_device };
#define TEXTURE(DEFAULT)                                                                                               \
    template <typename T, access a = access::DEFAULT, memory_coherence c = memory_coherence_threadgroup>
#define OF_TEXTURE template <typename T, access a, memory_coherence c>
#define ARGUMENTS <T, a, c>
#else
#define TEXTURE(DEFAULT) template <typename T, access a = access::DEFAULT>
#define OF_TEXTURE template <typename T, access a>
#define ARGUMENTS <T, a>
#endif

// Member functions that depend on the access are not there for another.
#define WITH(CONDITION, RESULT) template <access b = a> enable_if_t<(CONDITION), RESULT>
#define SAMPLES(RESULT) WITH(b == access::sample, RESULT)
#define READS(RESULT) WITH(b != access::write, RESULT)
#define WRITES WITH(b == access::write || b == access::read_write, void)
#define UPDATES(RESULT) WITH(b == access::read_write, RESULT)

// The first member; TYPE is a value of TextureType, DEPTH whether texels are depths.
#define HANDLE(TYPE, DEPTH)                                                                                            \
    typedef vec<T, 4> __color;                                                                                         \
    size_t __handle;                                                                                                   \
    static constexpr constant int __use = TYPE | __texel<T>::element << 4 | int(a) << 8 | DEPTH << 12;                 \
    void __begin() const { __texture_begin(__handle, __use); }                                                         \
    void __begin(sampler s) const {                                                                                    \
        __begin();                                                                                                     \
        __texture_sampler(s.__state);                                                                                  \
    }

#define OPEN(...) __VA_ARGS__
#define SET1 __texture_coordinate(coord);
#define SET2 __texture_coordinate(coord.x, coord.y);
#define SET3 __texture_coordinate(coord.x, coord.y, coord.z);
#define SET_LAYER __texture_layer(int(array));
#define MOVE2 __texture_offset(offset.x, offset.y);
#define MOVE3 __texture_offset(offset.x, offset.y, offset.z);

// A sample: its parameters after the sampler, how to set them, the offset, and how the level is found.
#define SAMPLE_AS(PARAMETERS, SET, OPTIONS, SET_OPTIONS, OFFSET, MOVE)                                                 \
    SAMPLES(RESULT) sample(sampler s, OPEN PARAMETERS OPEN OPTIONS OPEN OFFSET) const {                                \
        __begin(s);                                                                                                    \
        SET SET_OPTIONS MOVE                                                                                           \
        return SAMPLE_RESULT;                                                                                          \
    }                                                                                                                  \
    COMPARES(PARAMETERS, SET, OPTIONS, SET_OPTIONS, OFFSET, MOVE)
#define SAMPLE(PARAMETERS, SET, GRADIENT, OFFSET, MOVE)                                                                \
    SAMPLE_AS(PARAMETERS, SET, NONE, , OFFSET, MOVE)                                                                   \
    SAMPLE_AS(PARAMETERS, SET, (, bias option), option.__set();, OFFSET, MOVE)                                         \
    SAMPLE_AS(PARAMETERS, SET, (, level option), option.__set();, OFFSET, MOVE)                                        \
    SAMPLE_AS(PARAMETERS, SET, (, GRADIENT option), option.__set();, OFFSET, MOVE)                                     \
    SAMPLE_AS(PARAMETERS, SET, (, min_lod_clamp option), option.__set();, OFFSET, MOVE)                                \
    SAMPLE_AS(PARAMETERS, SET, (, bias option, min_lod_clamp least), option.__set(); least.__set();, OFFSET,           \
              MOVE)                                                                                                    \
    SAMPLE_AS(PARAMETERS, SET, (, GRADIENT option, min_lod_clamp least), option.__set(); least.__set();,               \
              OFFSET, MOVE)
#define OFFSET2 (, int2 offset = int2(0))
#define OFFSET3 (, int3 offset = int3(0))
#define NONE ()

#define GATHER(PARAMETERS, SET, OFFSET, MOVE)                                                                          \
    SAMPLES(__color) gather(sampler s, OPEN PARAMETERS OPEN OFFSET, component channel = component::x) const {          \
        __begin(s);                                                                                                    \
        SET MOVE __texture_component(int(channel));                                                                    \
        return __texel<T>::gather();                                                                                   \
    }
#define GATHER_DEPTH(PARAMETERS, SET, OFFSET, MOVE)                                                                    \
    SAMPLES(float4) gather(sampler s, OPEN PARAMETERS OPEN OFFSET) const {                                             \
        __begin(s);                                                                                                    \
        SET MOVE                                                                                                       \
        return __texel<float>::gather();                                                                               \
    }                                                                                                                  \
    SAMPLES(float4) gather_compare(sampler s, OPEN PARAMETERS, float compare_value OPEN OFFSET) const {                \
        __begin(s);                                                                                                    \
        SET MOVE __texture_reference(compare_value);                                                                   \
        return __texel<float>::rest(__texture_gather_compare());                                                       \
    }

#define AT1 __texture_position(int(coord));
#define AT2 __texture_position(int(coord.x), int(coord.y));
#define AT3 __texture_position(int(coord.x), int(coord.y), int(coord.z));
#define AT_FACE __texture_face(int(face));
#define AT_LEVEL __texture_lod(int(lod));

#define READ_AS(PARAMETERS, SET)                                                                                       \
    READS(RESULT) read(OPEN PARAMETERS) const {                                                                        \
        __begin();                                                                                                     \
        SET                                                                                                            \
        return READ_RESULT;                                                                                            \
    }
#define WRITE_AS(PARAMETERS, SET)                                                                                      \
    WRITES write(__color color, OPEN PARAMETERS) const {                                                               \
        __begin();                                                                                                     \
        SET                                                                                                            \
        __texel<T>::write(color);                                                                                      \
    }
#define READ_WRITE_AS(PARAMETERS, SET)                                                                                 \
    READ_AS(PARAMETERS, SET)                                                                                           \
    WRITE_AS(PARAMETERS, SET)

#if __METAL_VERSION__ >= 310
#define FETCH(NAME, OPERATION, PARAMETERS, SET)                                                                        \
    UPDATES(__color) NAME(OPEN PARAMETERS, __color operand) const {                                                    \
        __begin();                                                                                                     \
        SET __texel<T>::color(operand);                                                                                \
        return __texel<T>::atomic(OPERATION);                                                                          \
    }
#define EXTREME(NAME, OPERATION, PARAMETERS, SET)                                                                      \
    template <access b = a, typename E = T>                                                                            \
    enable_if_t<b == access::read_write && __is_ulong<E>> NAME(OPEN PARAMETERS, ulong4 operand) const {                \
        __begin();                                                                                                     \
        SET __texture_atomic_long(OPERATION, operand.x);                                                               \
    }
#define ATOMICS(PARAMETERS, SET)                                                                                       \
    UPDATES(__color) atomic_load(OPEN PARAMETERS) const {                                                              \
        __begin();                                                                                                     \
        SET return __texel<T>::atomic(0);                                                                              \
    }                                                                                                                  \
    UPDATES(void) atomic_store(__color color, OPEN PARAMETERS) const {                                                 \
        __begin();                                                                                                     \
        SET __texel<T>::color(color);                                                                                  \
        __texel<T>::atomic(1);                                                                                         \
    }                                                                                                                  \
    FETCH(atomic_exchange, 2, PARAMETERS, SET)                                                                         \
    FETCH(atomic_fetch_add, 3, PARAMETERS, SET)                                                                        \
    FETCH(atomic_fetch_sub, 4, PARAMETERS, SET)                                                                        \
    FETCH(atomic_fetch_and, 5, PARAMETERS, SET)                                                                        \
    FETCH(atomic_fetch_or, 6, PARAMETERS, SET)                                                                         \
    FETCH(atomic_fetch_xor, 7, PARAMETERS, SET)                                                                        \
    FETCH(atomic_fetch_min, 8, PARAMETERS, SET)                                                                        \
    FETCH(atomic_fetch_max, 9, PARAMETERS, SET)                                                                        \
    EXTREME(atomic_min, 8, PARAMETERS, SET)                                                                            \
    EXTREME(atomic_max, 9, PARAMETERS, SET)                                                                            \
    UPDATES(bool)                                                                                                      \
    atomic_compare_exchange_weak(OPEN PARAMETERS, thread __color *expected, __color desired) const {                   \
        __begin();                                                                                                     \
        SET return __texel<T>::compare(expected, desired.x);                                                           \
    }
#else
#define ATOMICS(PARAMETERS, SET)
#endif

#define FENCE                                                                                                          \
    UPDATES(void) fence() const {                                                                                      \
        __begin();                                                                                                     \
        __texture_fence();                                                                                             \
    }
#define SIZE(NAME, QUERY)                                                                                              \
    uint NAME(uint lod = 0) const {                                                                                    \
        __begin();                                                                                                     \
        AT_LEVEL return uint(QUERY());                                                                                 \
    }
#define COUNT(NAME, QUERY)                                                                                             \
    uint NAME() const {                                                                                                \
        __begin();                                                                                                     \
        return uint(QUERY());                                                                                          \
    }
#define WIDTH SIZE(get_width, __texture_width)
#define HEIGHT SIZE(get_height, __texture_height)
#define DEPTH SIZE(get_depth, __texture_depth)
#define LEVELS COUNT(get_num_mip_levels, __texture_levels)
#define LAYERS COUNT(get_array_size, __texture_array_size)
#define IS_NULL(KIND)                                                                                                  \
    OF_TEXTURE bool is_null_texture(KIND ARGUMENTS texture) { return texture.__handle == 0; }
#define CLAMPED_LOD(COORDINATE)                                                                                        \
    SAMPLES(float) calculate_clamped_lod(sampler s, COORDINATE coord) const { return __lod_of_fragments(); }           \
    SAMPLES(float) calculate_unclamped_lod(sampler s, COORDINATE coord) const { return __lod_of_fragments(); }

#define RESULT __color
#define SAMPLE_RESULT __texel<T>::sample()
#define READ_RESULT __texel<T>::read()
#define COMPARES(PARAMETERS, SET, OPTIONS, SET_OPTIONS, OFFSET, MOVE)

// The level of a one-dimensional texture is the literal 0: of integers, no other converts to a pointer.
TEXTURE(sample) struct texture1d {
    HANDLE(0, 0)
    SAMPLE_AS((float coord), SET1, NONE, , NONE, )
    READ_WRITE_AS((uint coord, const thread void *lod = 0), AT1)
    READ_WRITE_AS((ushort coord, const thread void *lod = 0), AT1)
    ATOMICS((uint coord), AT1)
    ATOMICS((ushort coord), AT1)
    FENCE WIDTH LEVELS
};
TEXTURE(sample) struct texture1d_array {
    HANDLE(1, 0)
    SAMPLE_AS((float coord, uint array), SET1 SET_LAYER, NONE, , NONE, )
    READ_WRITE_AS((uint coord, uint array, const thread void *lod = 0), AT1 SET_LAYER)
    READ_WRITE_AS((ushort coord, ushort array, const thread void *lod = 0), AT1 SET_LAYER)
    ATOMICS((uint coord, uint array), AT1 SET_LAYER)
    ATOMICS((ushort coord, ushort array), AT1 SET_LAYER)
    FENCE WIDTH LEVELS LAYERS
};
TEXTURE(sample) struct texture2d {
    HANDLE(2, 0)
    SAMPLE((float2 coord), SET2, gradient2d, OFFSET2, MOVE2)
    GATHER((float2 coord), SET2, OFFSET2, MOVE2)
    READ_WRITE_AS((uint2 coord, uint lod = 0), AT2 AT_LEVEL)
    READ_WRITE_AS((ushort2 coord, ushort lod = 0), AT2 AT_LEVEL)
    ATOMICS((uint2 coord), AT2)
    ATOMICS((ushort2 coord), AT2)
    CLAMPED_LOD(float2)
    FENCE WIDTH HEIGHT LEVELS
};
TEXTURE(sample) struct texture2d_array {
    HANDLE(3, 0)
    SAMPLE((float2 coord, uint array), SET2 SET_LAYER, gradient2d, OFFSET2, MOVE2)
    GATHER((float2 coord, uint array), SET2 SET_LAYER, OFFSET2, MOVE2)
    READ_WRITE_AS((uint2 coord, uint array, uint lod = 0), AT2 SET_LAYER AT_LEVEL)
    READ_WRITE_AS((ushort2 coord, ushort array, ushort lod = 0), AT2 SET_LAYER AT_LEVEL)
    ATOMICS((uint2 coord, uint array), AT2 SET_LAYER)
    ATOMICS((ushort2 coord, ushort array), AT2 SET_LAYER)
    CLAMPED_LOD(float2)
    FENCE WIDTH HEIGHT LEVELS LAYERS
};
TEXTURE(sample) struct texture3d {
    HANDLE(7, 0)
    SAMPLE((float3 coord), SET3, gradient3d, OFFSET3, MOVE3)
    READ_WRITE_AS((uint3 coord, uint lod = 0), AT3 AT_LEVEL)
    READ_WRITE_AS((ushort3 coord, ushort lod = 0), AT3 AT_LEVEL)
    ATOMICS((uint3 coord), AT3)
    ATOMICS((ushort3 coord), AT3)
    CLAMPED_LOD(float3)
    FENCE WIDTH HEIGHT DEPTH LEVELS
};
TEXTURE(sample) struct texturecube {
    HANDLE(5, 0)
    SAMPLE((float3 coord), SET3, gradientcube, NONE, )
    GATHER((float3 coord), SET3, NONE, )
    READ_WRITE_AS((uint2 coord, uint face, uint lod = 0), AT2 AT_FACE AT_LEVEL)
    READ_WRITE_AS((ushort2 coord, ushort face, ushort lod = 0), AT2 AT_FACE AT_LEVEL)
#if __METAL_VERSION__ >= 400
    ATOMICS((uint2 coord, uint face), AT2 AT_FACE)
    ATOMICS((ushort2 coord, ushort face), AT2 AT_FACE)
#endif
    CLAMPED_LOD(float3)
    FENCE WIDTH HEIGHT LEVELS
};
TEXTURE(sample) struct texturecube_array {
    HANDLE(6, 0)
    SAMPLE((float3 coord, uint array), SET3 SET_LAYER, gradientcube, NONE, )
    GATHER((float3 coord, uint array), SET3 SET_LAYER, NONE, )
    READ_WRITE_AS((uint2 coord, uint face, uint array, uint lod = 0), AT2 AT_FACE SET_LAYER AT_LEVEL)
    READ_WRITE_AS((ushort2 coord, ushort face, ushort array, ushort lod = 0),
                  AT2 AT_FACE SET_LAYER AT_LEVEL)
#if __METAL_VERSION__ >= 400
    ATOMICS((uint2 coord, uint face, uint array), AT2 AT_FACE SET_LAYER)
    ATOMICS((ushort2 coord, ushort face, ushort array), AT2 AT_FACE SET_LAYER)
#endif
    CLAMPED_LOD(float3)
    FENCE WIDTH HEIGHT LEVELS LAYERS
};
TEXTURE(read) struct texture2d_ms {
    HANDLE(4, 0)
    READ_AS((uint2 coord, uint sample), AT2 __texture_lod(int(sample));)
    READ_AS((ushort2 coord, ushort sample), AT2 __texture_lod(int(sample));)
    COUNT(get_width, __texture_width)
    COUNT(get_height, __texture_height)
    COUNT(get_num_samples, __texture_samples)
};
TEXTURE(read) struct texture2d_ms_array {
    HANDLE(8, 0)
    READ_AS((uint2 coord, uint array, uint sample), AT2 SET_LAYER __texture_lod(int(sample));)
    READ_AS((ushort2 coord, ushort array, ushort sample), AT2 SET_LAYER __texture_lod(int(sample));)
    COUNT(get_width, __texture_width)
    COUNT(get_height, __texture_height)
    COUNT(get_num_samples, __texture_samples)
    LAYERS
};
TEXTURE(read) struct texture_buffer {
    HANDLE(9, 0)
    READ_WRITE_AS((uint coord), AT1)
    ATOMICS((uint coord), AT1)
    ATOMICS((ushort coord), AT1)
    FENCE
    COUNT(get_width, __texture_width)
};

#undef RESULT
#undef SAMPLE_RESULT
#undef READ_RESULT
#undef COMPARES
#define RESULT float
#define SAMPLE_RESULT __texture_sample()
#define READ_RESULT __texture_read()
#define COMPARES(PARAMETERS, SET, OPTIONS, SET_OPTIONS, OFFSET, MOVE)                                                  \
    SAMPLES(float) sample_compare(sampler s, OPEN PARAMETERS, float compare_value OPEN OPTIONS OPEN OFFSET) const {    \
        __begin(s);                                                                                                    \
        SET SET_OPTIONS MOVE __texture_reference(compare_value);                                                       \
        return __texture_sample_compare();                                                                             \
    }

TEXTURE(sample) struct depth2d {
    HANDLE(2, 1)
    SAMPLE((float2 coord), SET2, gradient2d, OFFSET2, MOVE2)
    GATHER_DEPTH((float2 coord), SET2, OFFSET2, MOVE2)
    READ_AS((uint2 coord, uint lod = 0), AT2 AT_LEVEL)
    READ_AS((ushort2 coord, ushort lod = 0), AT2 AT_LEVEL)
    CLAMPED_LOD(float2)
    WIDTH HEIGHT LEVELS
};
TEXTURE(sample) struct depth2d_array {
    HANDLE(3, 1)
    SAMPLE((float2 coord, uint array), SET2 SET_LAYER, gradient2d, OFFSET2, MOVE2)
    GATHER_DEPTH((float2 coord, uint array), SET2 SET_LAYER, OFFSET2, MOVE2)
    READ_AS((uint2 coord, uint array, uint lod = 0), AT2 SET_LAYER AT_LEVEL)
    READ_AS((ushort2 coord, ushort array, ushort lod = 0), AT2 SET_LAYER AT_LEVEL)
    CLAMPED_LOD(float2)
    WIDTH HEIGHT LEVELS LAYERS
};
TEXTURE(sample) struct depthcube {
    HANDLE(5, 1)
    SAMPLE((float3 coord), SET3, gradientcube, NONE, )
    GATHER_DEPTH((float3 coord), SET3, NONE, )
    READ_AS((uint2 coord, uint face, uint lod = 0), AT2 AT_FACE AT_LEVEL)
    READ_AS((ushort2 coord, ushort face, ushort lod = 0), AT2 AT_FACE AT_LEVEL)
    CLAMPED_LOD(float3)
    WIDTH HEIGHT LEVELS
};
TEXTURE(sample) struct depthcube_array {
    HANDLE(6, 1)
    SAMPLE((float3 coord, uint array), SET3 SET_LAYER, gradientcube, NONE, )
    GATHER_DEPTH((float3 coord, uint array), SET3 SET_LAYER, NONE, )
    READ_AS((uint2 coord, uint face, uint array, uint lod = 0), AT2 AT_FACE SET_LAYER AT_LEVEL)
    READ_AS((ushort2 coord, ushort face, ushort array, ushort lod = 0), AT2 AT_FACE SET_LAYER AT_LEVEL)
    CLAMPED_LOD(float3)
    WIDTH HEIGHT LEVELS LAYERS
};
TEXTURE(read) struct depth2d_ms {
    HANDLE(4, 1)
    READ_AS((uint2 coord, uint sample), AT2 __texture_lod(int(sample));)
    READ_AS((ushort2 coord, ushort sample), AT2 __texture_lod(int(sample));)
    COUNT(get_width, __texture_width)
    COUNT(get_height, __texture_height)
    COUNT(get_num_samples, __texture_samples)
};
TEXTURE(read) struct depth2d_ms_array {
    HANDLE(8, 1)
    READ_AS((uint2 coord, uint array, uint sample), AT2 SET_LAYER __texture_lod(int(sample));)
    READ_AS((ushort2 coord, ushort array, ushort sample), AT2 SET_LAYER __texture_lod(int(sample));)
    COUNT(get_width, __texture_width)
    COUNT(get_height, __texture_height)
    COUNT(get_num_samples, __texture_samples)
    LAYERS
};

IS_NULL(texture1d)
IS_NULL(texture1d_array)
IS_NULL(texture2d)
IS_NULL(texture2d_array)
IS_NULL(texture3d)
IS_NULL(texturecube)
IS_NULL(texturecube_array)
IS_NULL(texture2d_ms)
IS_NULL(texture2d_ms_array)
IS_NULL(texture_buffer)
IS_NULL(depth2d)
IS_NULL(depth2d_array)
IS_NULL(depthcube)
IS_NULL(depthcube_array)
IS_NULL(depth2d_ms)
IS_NULL(depth2d_ms_array)

}
