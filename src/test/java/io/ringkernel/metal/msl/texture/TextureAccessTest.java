package io.ringkernel.metal.msl.texture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.MslResource;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.texture.SamplerState.AddressMode;
import io.ringkernel.metal.msl.texture.SamplerState.Filter;
import io.ringkernel.metal.msl.texture.SamplerState.Filters;
import io.ringkernel.metal.msl.texture.SamplerState.MipFilter;
import io.ringkernel.metal.msl.texture.format.PixelFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Atomic operations, multisample reads, writes at random places, and anisotropy as far as it is defined. */
final class TextureAccessTest {
    /** Another shape of code for each number. */
    private static MslOptions options(long number) {
        return MslOptions.of(LanguageVersion.METAL_4_0)
                .withChecks((number & 1) == 0)
                .withFast((number & 2) == 0);
    }

    private static TextureShape shape(TextureType type, String format, int width, int height, int depth) {
        return TextureShape.of(type, PixelFormat.named(format), width, height, depth);
    }

    /** What an atomic operation leaves and gives. */
    private record Operation(String name, IntBinaryOperator signed, IntBinaryOperator unsigned) {
        Operation(String name, IntBinaryOperator both) {
            this(name, both, both);
        }

        IntBinaryOperator of(String element) {
            return element.equals("int") ? signed : unsigned;
        }
    }

    private static final List<Operation> OPERATIONS = List.of(
            new Operation("exchange", (old, value) -> value),
            new Operation("fetch_add", (old, value) -> old + value),
            new Operation("fetch_sub", (old, value) -> old - value),
            new Operation("fetch_and", (old, value) -> old & value),
            new Operation("fetch_or", (old, value) -> old | value),
            new Operation("fetch_xor", (old, value) -> old ^ value),
            new Operation("fetch_min", Math::min, (a, b) -> Integer.compareUnsigned(a, b) < 0 ? a : b),
            new Operation("fetch_max", Math::max, (a, b) -> Integer.compareUnsigned(a, b) > 0 ? a : b));

    private record Place(String type, TextureType shape, String coordinate) {}

    private static final List<Place> PLACES = List.of(
            new Place("texture1d", TextureType.D1, "uint(p.x)"),
            new Place("texture1d_array", TextureType.D1_ARRAY, "ushort(p.x), ushort(p.w)"),
            new Place("texture2d", TextureType.D2, "uint2(p.xy)"),
            new Place("texture2d_array", TextureType.D2_ARRAY, "uint2(p.xy), uint(p.w)"),
            new Place("texture3d", TextureType.D3, "ushort3(p.xyz)"),
            new Place("texturecube", TextureType.CUBE, "uint2(p.xy), uint(p.z)"),
            new Place("texturecube_array", TextureType.CUBE_ARRAY, "uint2(p.xy), uint(p.z), uint(p.w)"),
            new Place("texture_buffer", TextureType.BUFFER, "uint(p.x)"));

    /** One thread after the other, so that each result is known. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void atomicOperationsAreThoseOfJava(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < PLACES.size(); i++) {
            var place = PLACES.get(i);
            var element = (i + seed) % 2 == 0 ? "int" : "uint";
            var source = new StringBuilder("kernel void k(" + place.type + "<" + element
                    + ", access::read_write> t [[texture(0)]], device const int4* at [[buffer(0)]],"
                    + " device const int* values [[buffer(1)]], device int* out [[buffer(2)]]) {\n");
            source.append("int4 p; vec<" + element + ", 4> e;\n");
            int steps = 3 * OPERATIONS.size();
            for (int k = 0; k < steps; k++) {
                source.append("p = at[%d]; out[%d] = int(t.atomic_%s(%s, vec<%s, 4>(values[%d])).x);%n"
                        .formatted(k, k, OPERATIONS.get(k % OPERATIONS.size()).name, place.coordinate, element, k));
            }
            source.append("p = int4(0); e = 5; out[%d] = t.atomic_compare_exchange_weak(%s, &e, vec<%s, 4>(9));%n"
                    .formatted(steps, place.coordinate, element));
            source.append("out[%d] = int(e.x); t.atomic_store(vec<%s, 4>(7), %s); out[%d] = int(t.atomic_load(%s).x); }"
                    .formatted(steps + 1, element, place.coordinate, steps + 2, place.coordinate));
            try (var kernel = TextureKernel.of(options(seed), source.toString())) {
                atomics(kernel, place, element, random);
            }
        }
    }

    private static void atomics(TextureKernel kernel, Place place, String element, Random random) {
        int steps = 3 * OPERATIONS.size();
        boolean isArray = place.shape.isArray();
        int height = place.shape.dimensions() > 1 ? 2 : 1;
        int depth = place.shape.dimensions() > 2 ? 2 : 1;
        var shape = shape(place.shape, element.equals("int") ? "R32Sint" : "R32Uint", 2, height, depth)
                .withArrayLength(isArray ? 2 : 1);
        kernel.texture(shape);
        var at = kernel.buffer(16L * steps);
        var values = kernel.buffer(4L * steps);
        var out = kernel.buffer(4L * steps + 12);
        var texels = new int[2][6][2][2];
        var expected = new int[steps + 3];
        for (int k = 0; k < steps; k++) {
            int[] p = {random.nextInt(3), random.nextInt(2), random.nextInt(2), random.nextInt(2)};
            int value = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(20) - 10;
            for (int c = 0; c < 4; c++) {
                at.setAtIndex(ValueLayout.JAVA_INT, 4L * k + c, p[c]);
            }
            values.setAtIndex(ValueLayout.JAVA_INT, k, value);
            if (p[0] < 2) {
                int z = depth > 1 || place.shape.isCube() ? p[2] : 0;
                var row = texels[isArray ? p[3] : 0][z][height > 1 ? p[1] : 0];
                expected[k] = row[p[0]];
                row[p[0]] = OPERATIONS.get(k % OPERATIONS.size()).of(element).applyAsInt(row[p[0]], value);
            }
        }
        int first = texels[0][0][0][0];
        expected[steps] = first == 5 ? 1 : 0;
        expected[steps + 1] = first;
        expected[steps + 2] = 7;
        kernel.run(1, 1);
        assertThat(out.toArray(ValueLayout.JAVA_INT))
                .as("%s<%s>", place.type, element)
                .containsExactly(expected);
    }

    @Test
    void aLongOfTwoChannelsIsTheLeastOrGreatestOfManyThreads() {
        try (var kernel = TextureKernel.of("""
                kernel void k(texture2d<ulong, access::read_write> t [[texture(0)]],
                              device const ulong* values [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                    t.atomic_max(uint2(0, 0), ulong4(values[i]));
                    t.atomic_min(uint2(1, 0), ulong4(values[i]));
                    t.atomic_max(uint2(2, 0), ulong4(values[i]));
                }
                """)) {
            var texture = kernel.texture(shape(TextureType.D2, "RG32Uint", 2, 1, 1));
            texture.memory().setAtIndex(ValueLayout.JAVA_LONG, 1, -1);
            var values = kernel.buffer(8 * 64);
            var random = new Random(3);
            long least = -1;
            long greatest = 0;
            for (int i = 0; i < 64; i++) {
                long value = random.nextLong();
                values.setAtIndex(ValueLayout.JAVA_LONG, i, value);
                least = Long.compareUnsigned(value, least) < 0 ? value : least;
                greatest = Long.compareUnsigned(value, greatest) > 0 ? value : greatest;
            }
            kernel.run(64, 1);
            assertThat(texture.memory().asSlice(0, 16).toArray(ValueLayout.JAVA_LONG))
                    .containsExactly(greatest, least);
        }
    }

    /** Samples lie behind each other in a texel; what is read must be the sample's own, and nothing outside. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void readsOfSamplesAreTheirOwn(long seed) {
        var random = new Random(seed);
        try (var kernel = TextureKernel.of(options(seed), """
                kernel void k(texture2d_ms<float> t [[texture(0)]], texture2d_ms_array<float> a [[texture(1)]],
                              depth2d_ms<float> d [[texture(2)]], depth2d_ms_array<float> e [[texture(3)]],
                              device float* out [[buffer(0)]], uint3 i [[thread_position_in_grid]]) {
                    device float* o = out + (i.y * 4 + i.x) * 20;
                    for (uint s = 0; s < 5; s++) {
                        o[s] = t.read(i.xy, s).x;
                        o[5 + s] = a.read(ushort2(i.xy), 1, ushort(s)).x;
                        o[10 + s] = d.read(ushort2(i.xy), ushort(s));
                        o[15 + s] = e.read(i.xy, 1, s) + (t.get_num_samples() == 4 ? 0 : 100);
                    }
                }
                """)) {
            int width = 3;
            int height = 2;
            var textures = List.of(
                    ms(kernel, TextureType.D2_MULTISAMPLE, "R32Float"),
                    ms(kernel, TextureType.D2_MULTISAMPLE_ARRAY, "R32Float"),
                    ms(kernel, TextureType.D2_MULTISAMPLE, "Depth32Float"),
                    ms(kernel, TextureType.D2_MULTISAMPLE_ARRAY, "Depth32Float"));
            var out = kernel.buffer(4 * 3 * 20 * 4);
            var expected = new float[4 * 3 * 20];
            for (int k = 0; k < textures.size(); k++) {
                var memory = textures.get(k).memory();
                long slice = k % 2 == 0 ? 0 : memory.byteSize() / 2;
                for (int texel = 0; texel < width * height * 4; texel++) {
                    float value = random.nextFloat();
                    memory.set(ValueLayout.JAVA_FLOAT, slice + texel * 4L, value);
                    int x = texel / 4 % width;
                    int y = texel / 4 / width;
                    expected[(y * 4 + x) * 20 + 5 * k + texel % 4] = value;
                }
            }
            kernel.run(4, 3);
            assertThat(out.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(expected);
        }
    }

    private static Texture ms(TextureKernel kernel, TextureType type, String format) {
        return kernel.texture(shape(type, format, 3, 2, 1).withSamples(4).withArrayLength(type.isArray() ? 2 : 1));
    }

    /** Writes to levels, layers and faces change that texel and no other, and nothing when they are outside. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void writesChangeOneTexel(long seed) {
        var random = new Random(seed);
        try (var kernel = TextureKernel.of(options(seed), """
                kernel void k(texture2d<float, access::write> a [[texture(0)]],
                              texture2d_array<float, access::write> b [[texture(1)]],
                              texture3d<float, access::write> c [[texture(2)]],
                              texturecube<float, access::write> d [[texture(3)]],
                              texturecube_array<float, access::read_write> e [[texture(4)]],
                              device const uint4* at [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                    uint4 p = at[i];
                    float v = i + 1;
                    a.write(v, p.xy, p.w);
                    b.write(v, ushort2(p.xy), ushort(p.z), ushort(p.w));
                    c.write(v, p.xyz, p.w);
                    d.write(v, p.xy, p.z, p.w);
                    e.write(v, p.xy, p.z, p.z & 1, p.w);
                }
                """)) {
            var shapes = List.of(
                    shape(TextureType.D2, "R32Float", 5, 5, 1).withLevels(3),
                    shape(TextureType.D2_ARRAY, "R32Float", 5, 3, 1)
                            .withLevels(2)
                            .withArrayLength(3),
                    shape(TextureType.D3, "R32Float", 5, 1, 3).withLevels(3),
                    shape(TextureType.CUBE, "R32Float", 3, 3, 1).withLevels(2),
                    shape(TextureType.CUBE_ARRAY, "R32Float", 1, 1, 1).withArrayLength(2));
            var textures = shapes.stream().map(kernel::texture).toList();
            var expected = shapes.stream()
                    .map(shape -> new float[(int) Texture.byteSize(shape) / 4])
                    .toList();
            int count = 40;
            var at = kernel.buffer(16L * count);
            for (int i = 0; i < count; i++) {
                int[] p = {random.nextInt(6), random.nextInt(4), random.nextInt(7), random.nextInt(4)};
                MemorySegment.copy(p, 0, at, ValueLayout.JAVA_INT, 16L * i, 4);
                for (int k = 0; k < shapes.size(); k++) {
                    put(expected.get(k), textures.get(k), p, i + 1);
                }
            }
            kernel.run(count, 1);
            for (int k = 0; k < shapes.size(); k++) {
                assertThat(textures.get(k).memory().toArray(ValueLayout.JAVA_FLOAT))
                        .as("%s", shapes.get(k))
                        .containsExactly(expected.get(k));
            }
        }
    }

    private static void put(float[] into, Texture texture, int[] p, float value) {
        var shape = texture.shape();
        var type = shape.type();
        boolean isVolume = type == TextureType.D3;
        int layer = type == TextureType.D2_ARRAY ? p[2] : type == TextureType.CUBE_ARRAY ? p[2] & 1 : 0;
        int face = type.isCube() ? p[2] : 0;
        boolean exists = p[3] < shape.levels() && layer < shape.arrayLength() && face < type.faces();
        exists &= p[0] < shape.width(p[3]) && p[1] < shape.height(p[3]);
        exists &= !isVolume || p[2] < shape.depth(p[3]);
        if (exists) {
            int slice = face + type.faces() * layer;
            into[(int) texture.offset(p[0], p[1], isVolume ? p[2] : 0, slice, p[3]) / 4] = value;
        }
    }

    /**
     * What is defined of anisotropy: the longer gradient is divided by the ratio of both, at most the sampler's, before
     * it chooses the level; and a sample lies in the middle of its texels.
     */
    @Test
    void anisotropyLowersTheLevelAndKeepsTheMiddle() {
        try (var kernel = TextureKernel.of("""
                kernel void k(texture2d<float> levels [[texture(0)]], texture2d<float> ramp [[texture(1)]],
                              sampler s [[sampler(0)]], device float* out [[buffer(0)]]) {
                    auto wide = gradient2d(float2(0.5f, 0), float2(0, 0.125f));
                    auto flat = gradient2d(float2(0, 0.125f), float2(0));
                    auto even = gradient2d(float2(0.25f, 0), float2(0, 0.25f));
                    out[0] = levels.sample(s, 0.5f, wide).x;
                    out[1] = levels.sample(s, 0.5f, flat).x;
                    out[2] = levels.sample(s, 0.5f, even).x;
                    out[3] = ramp.sample(s, float2(0.47f, 0.5f), gradient2d(float2(0.25f, 0), float2(0, 0.05f))).x;
                    out[4] = ramp.sample(s, float2(0.47f, 0.5f), gradient2d(float2(0, 0.05f), float2(0.25f, 0))).x;
                }
                """)) {
            var levels =
                    kernel.texture(shape(TextureType.D2, "R32Float", 16, 16, 1).withLevels(5));
            for (int level = 0; level < 5; level++) {
                for (int i = 0; i < (16 >> level) * (16 >> level); i++) {
                    long at = levels.offset(i % (16 >> level), i / (16 >> level), 0, 0, level);
                    levels.memory().set(ValueLayout.JAVA_FLOAT, at, level);
                }
            }
            var ramp = kernel.texture(shape(TextureType.D2, "R32Float", 16, 1, 1));
            for (int x = 0; x < 16; x++) {
                ramp.memory().setAtIndex(ValueLayout.JAVA_FLOAT, x, x);
            }
            var linear = new Filters(Filter.LINEAR, Filter.LINEAR, MipFilter.LINEAR);
            kernel.sampler(new SamplerState(
                    true,
                    List.of(AddressMode.CLAMP_TO_EDGE, AddressMode.CLAMP_TO_EDGE, AddressMode.CLAMP_TO_EDGE),
                    SamplerState.BorderColor.TRANSPARENT_BLACK,
                    linear,
                    SamplerState.CompareFunction.NEVER,
                    2,
                    0,
                    Float.MAX_VALUE,
                    0,
                    SamplerState.Reduction.WEIGHTED_AVERAGE));
            var out = kernel.buffer(20);
            kernel.run(1, 1);
            var found = out.toArray(ValueLayout.JAVA_FLOAT);
            // 8 texels by 2: a ratio of 4, held to 2. A ratio without end is held to 2 too.
            assertThat(found[0]).isCloseTo(2, Offset.offset(1e-5f));
            assertThat(found[1]).isCloseTo(0, Offset.offset(1e-5f));
            assertThat(found[2]).isCloseTo(2, Offset.offset(1e-5f));
            assertThat(found[3]).isCloseTo(0.47f * 16 - 0.5f, Offset.offset(1e-4f));
            assertThat(found[4]).isCloseTo(0.47f * 16 - 0.5f, Offset.offset(1e-4f));
        }
    }

    /** Members of a struct by value are bound each for itself, with or without an attribute. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void aStructOfResourcesIsAParameter(long number) {
        try (var kernel = TextureKernel.of(options(number), """
                struct Outputs {
                    device float* sums [[buffer(1)]];
                    texture2d<float, access::write> image [[texture(3)]];
                };
                struct Resources {
                    sampler smooth [[sampler(0)]];
                    array<texture2d<float>, 2> images [[texture(1)]];
                    texture2d<float> plain;
                    Outputs outputs;
                    float sum(float2 at) const {
                        return images[0].sample(smooth, at).x + images[1].sample(smooth, at).x + plain.read(uint2(0)).x;
                    }
                };
                kernel void k(Resources r, constant float& factor [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                    Resources copy = r;
                    float sum = factor * copy.sum(0.5f);
                    r.outputs.sums[i] = sum + i;
                    if (i == 0) {
                        r.outputs.image.write(sum, uint2(0));
                    }
                }
                """)) {
            for (int i = 0; i < 4; i++) {
                var texture = kernel.texture(shape(TextureType.D2, "R32Float", 1, 1, 1));
                texture.memory().set(ValueLayout.JAVA_FLOAT, 0, (float) Math.pow(10, i));
            }
            kernel.sampler(SamplerState.DEFAULT);
            kernel.buffer(2f);
            var sums = kernel.buffer(8);
            var image = kernel.textures().getLast();
            kernel.run(2, 1);
            assertThat(sums.toArray(ValueLayout.JAVA_FLOAT)).containsExactly(222, 223);
            assertThat(image.memory().get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(222);
            assertThat(kernel.kernel().resources())
                    .extracting(MslResource::name, MslResource::index, MslResource::count)
                    .containsExactlyInAnyOrder(
                            tuple("smooth", 0, 1), tuple("images", 1, 2), tuple("plain", 0, 1), tuple("image", 3, 1));
            assertThat(kernel.kernel().arguments())
                    .extracting(MslArgument::name)
                    .containsExactlyInAnyOrder("factor", "sums");
        }
    }
}
