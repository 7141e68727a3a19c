package io.ringkernel.metal.msl.texture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.texture.format.PixelFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kernels that read, write and sample textures, held against values that were worked out by hand: with memory checks
 * and without, in the fast and in the plain shape of code.
 */
@ParameterizedClass
@CsvSource({"true, true", "true, false", "false, true", "false, false"})
final class TextureKernelTest {
    private final MslOptions options;

    TextureKernelTest(boolean checks, boolean fast) {
        options = MslOptions.of(LanguageVersion.METAL_4_0).withChecks(checks).withFast(fast);
    }

    private static TextureShape shape(String format, int width, int height) {
        return TextureShape.of(TextureType.D2, PixelFormat.named(format), width, height, 1);
    }

    private static void fill(Texture texture, byte... bytes) {
        var shape = texture.shape();
        texture.replace(
                new Region(0, 0, 0, shape.width(), shape.height(), 1),
                0,
                0,
                MemorySegment.ofArray(bytes),
                (long) shape.width() * shape.format().byteSize(),
                0);
    }

    private static byte[] bytes(Texture texture) {
        var shape = texture.shape();
        var result = new byte[shape.width() * shape.height() * shape.format().byteSize()];
        texture.get(
                new Region(0, 0, 0, shape.width(), shape.height(), 1),
                0,
                0,
                MemorySegment.ofArray(result),
                (long) shape.width() * shape.format().byteSize(),
                0);
        return result;
    }

    private static float[] floats(MemorySegment buffer) {
        return buffer.toArray(ValueLayout.JAVA_FLOAT);
    }

    @Test
    void whatIsReadIsWritten() {
        try (var kernel = TextureKernel.of(options, """
                kernel void k(texture2d<float, access::read> in [[texture(0)]],
                              texture2d<float, access::write> out [[texture(1)]], uint2 i [[thread_position_in_grid]]) {
                    out.write(in.read(i).bgra, i);
                }
                """)) {
            fill(kernel.texture(shape("RGBA8Unorm", 2, 1)), new byte[] {1, 2, 3, 4, (byte) 250, 6, 7, (byte) 255});
            var out = kernel.texture(shape("RGBA8Unorm", 2, 1));
            kernel.run(2, 1);
            assertThat(bytes(out)).containsExactly(3, 2, 1, 4, 7, 6, 250, 255);
        }
    }

    @Test
    void outsideReadsAreZeroAndWritesVanish() {
        try (var kernel = TextureKernel.of(options, """
                kernel void k(texture2d<float> one [[texture(0)]], texture2d<float> four [[texture(1)]],
                              texture2d<uint, access::write> out [[texture(2)]], device float4* result [[buffer(0)]]) {
                    result[0] = one.read(uint2(2, 0));
                    result[1] = four.read(uint2(0, 7));
                    result[2] = four.read(uint2(0, 0), 1);
                    result[3] = one.read(uint2(1, 0));
                    out.write(uint4(7), uint2(-1, 0));
                    out.write(uint4(300, 1, 2, 3), uint2(1, 0));
                }
                """)) {
            fill(kernel.texture(shape("R8Unorm", 2, 1)), (byte) 9, (byte) 51);
            fill(kernel.texture(shape("RGBA8Unorm", 1, 1)), (byte) 9, (byte) 9, (byte) 9, (byte) 9);
            var out = kernel.texture(shape("R8Uint", 2, 1));
            var result = kernel.buffer(64);
            kernel.run(1, 1);
            assertThat(floats(result)).containsExactly(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0.2f, 0, 0, 1);
            assertThat(bytes(out)).containsExactly(0, (byte) 255);
        }
    }

    @Test
    void aLinearSampleIsTheMeanOfItsTexels() {
        try (var kernel = TextureKernel.of(options, """
                constexpr sampler smooth(filter::linear, address::clamp_to_edge);
                kernel void k(texture2d<float> in [[texture(0)]], device float* out [[buffer(0)]]) {
                    constexpr sampler wrapped(filter::linear, address::repeat);
                    constexpr sampler pixels(coord::pixel, filter::nearest);
                    out[0] = in.sample(smooth, float2(0.5f)).x;
                    out[1] = in.sample(smooth, float2(0.25f, 0.5f)).x;
                    out[2] = in.sample(smooth, float2(0, 0)).x;
                    out[3] = in.sample(wrapped, float2(0, 0)).x;
                    out[4] = in.sample(pixels, float2(1.5f, 0.5f)).x;
                    out[5] = in.sample(smooth, float2(0.25f), int2(1, 0)).x;
                    out[6] = in.sample(sampler(filter::nearest), float2(0.75f)).x;
                }
                """)) {
            fill(kernel.texture(shape("R8Unorm", 2, 2)), (byte) 0, (byte) 51, (byte) 102, (byte) 255);
            var out = kernel.buffer(28);
            kernel.run(1, 1);
            assertThat(floats(out)).containsExactly(0.4f, 0.2f, 0f, 0.4f, 0.2f, 0.2f, 1f);
        }
    }

    @Test
    void aGatherGoesRoundFromBelowLeft() {
        try (var kernel = TextureKernel.of(options, """
                kernel void k(texture2d<float> in [[texture(0)]], depth2d<float> depth [[texture(1)]],
                              device float4* out [[buffer(0)]], device float* compared [[buffer(1)]]) {
                    constexpr sampler s;
                    constexpr sampler less(compare_func::less, filter::linear);
                    out[0] = in.gather(s, float2(0.5f), int2(0), component::y) * 255.0f;
                    out[1] = depth.gather_compare(less, float2(0.5f), 0.3f);
                    compared[0] = depth.sample_compare(less, float2(0.5f), 0.3f);
                }
                """)) {
            fill(kernel.texture(shape("RG8Unorm", 2, 2)), new byte[] {0, 1, 0, 2, 0, 3, 0, 4});
            var depth = kernel.texture(shape("Depth32Float", 2, 2));
            var texels = MemorySegment.ofArray(new float[] {0.5f, 0.1f, 0.4f, 0.2f});
            depth.replace(new Region(0, 0, 0, 2, 2, 1), 0, 0, texels, 8, 0);
            var out = kernel.buffer(32);
            var compared = kernel.buffer(4);
            kernel.run(1, 1);
            assertThat(floats(out)).containsExactly(3, 4, 2, 1, 1, 0, 0, 1);
            assertThat(floats(compared)).containsExactly(0.5f);
        }
    }

    @Test
    void texturesPassThroughFunctionsTemplatesArraysAndStructs() {
        try (var kernel = TextureKernel.of(options, """
                template <typename T, access a> vec<T, 4> first(texture2d<T, a> t) { return t.read(uint2(0)); }
                struct Pair {
                    texture2d<float> a;
                    texture2d<float> b;
                    float4 sum() const { return a.read(uint2(0)) + b.read(uint2(0)); }
                };
                kernel void k(array<texture2d<float>, 3> many [[texture(0)]], constant Pair& pair [[buffer(0)]],
                              device float* out [[buffer(1)]], uint i [[thread_position_in_grid]]) {
                    texture2d<float> local = many[i];
                    Pair own = {many[0], many[2]};
                    out[i] = first(local).x + (i == 0 ? 0 : own.sum().x) + (is_null_texture(local) ? 100 : 0);
                    out[3 + i] = pair.a.read(uint2(0)).x + pair.b.get_width();
                }
                """)) {
            var pair = kernel.buffer(16);
            for (int i = 0; i < 3; i++) {
                var texture = kernel.texture(shape("R32Float", 1 + i, 1));
                texture.replace(new Region(0, 0, 0, 1, 1, 1), 0, 0, MemorySegment.ofArray(new float[] {1 + i}), 4, 0);
                if (i < 2) {
                    pair.setAtIndex(ValueLayout.JAVA_LONG, i, texture.handle());
                }
            }
            var out = kernel.buffer(24);
            kernel.run(3, 1);
            assertThat(floats(out)).containsExactly(1, 6, 7, 3, 3, 3);
        }
    }

    @Test
    void atomicOperationsOnTexels() {
        try (var kernel = TextureKernel.of(options, """
                kernel void k(texture2d<uint, access::read_write> t [[texture(0)]], device uint* out [[buffer(0)]],
                              uint i [[thread_position_in_grid]]) {
                    t.atomic_fetch_add(uint2(0, 0), uint4(2));
                    t.atomic_fetch_max(uint2(1, 0), uint4(i));
                    if (i == 0) {
                        uint4 expected = 5;
                        out[0] = t.atomic_compare_exchange_weak(uint2(2, 0), &expected, uint4(9));
                        out[1] = expected.x;
                        out[2] = t.atomic_exchange(uint2(2, 0), uint4(9)).x;
                    }
                    t.fence();
                }
                """)) {
            var texture = kernel.texture(shape("R32Uint", 3, 1));
            var out = kernel.buffer(12);
            kernel.run(50, 1);
            assertThat(bytes(texture)).containsExactly(100, 0, 0, 0, 49, 0, 0, 0, 9, 0, 0, 0);
            assertThat(out.toArray(ValueLayout.JAVA_INT)).containsExactly(0, 0, 0);
        }
    }

    @Test
    void aSwizzleIsSeenByReadsAndNotByWrites() {
        try (var kernel = TextureKernel.of(options, """
                kernel void k(texture2d<float, access::read_write> t [[texture(0)]], device float4* out [[buffer(0)]]) {
                    t.write(float4(1, 0, 0, 0), uint2(0));
                    out[0] = t.read(uint2(0));
                }
                """)) {
            var texture = kernel.texture(shape("RGBA8Unorm", 1, 1), new Swizzle(1, 0, 2, 2));
            var out = kernel.buffer(16);
            kernel.run(1, 1);
            assertThat(bytes(texture)).containsExactly(255, 0, 0, 0);
            assertThat(floats(out)).containsExactly(1, 0, 1, 1);
        }
    }

    @Test
    void aSamplerOfTheProgramSaysWhatItsArgumentsSay() {
        try (var kernel = TextureKernel.of(options, """
                kernel void k(texture2d<float> t [[texture(0)]], device ulong* out [[buffer(0)]]) {
                    constexpr sampler s(coord::normalized, s_address::repeat, t_address::clamp_to_border,
                            border_color::opaque_white, min_filter::linear, mag_filter::nearest, mip_filter::linear,
                            compare_func::greater, max_anisotropy(7), lod_clamp(0.25f, 3.5f), bias(-1.5f),
                            reduction::maximum);
                    constexpr sampler plain;
                    out[0] = s.__state;
                    out[1] = plain.__state;
                }
                """)) {
            var out = kernel.buffer(16);
            kernel.run(1, 1);
            var state = SamplerBits.state(out.getAtIndex(ValueLayout.JAVA_LONG, 0));
            assertThat(state.normalized()).isTrue();
            assertThat(state.addressModes())
                    .containsExactly(
                            SamplerState.AddressMode.REPEAT,
                            SamplerState.AddressMode.CLAMP_TO_BORDER,
                            SamplerState.AddressMode.CLAMP_TO_EDGE);
            assertThat(state.borderColor()).isEqualTo(SamplerState.BorderColor.OPAQUE_WHITE);
            assertThat(state.filters())
                    .isEqualTo(new SamplerState.Filters(
                            SamplerState.Filter.LINEAR, SamplerState.Filter.NEAREST, SamplerState.MipFilter.LINEAR));
            assertThat(state.compareFunction()).isEqualTo(SamplerState.CompareFunction.GREATER);
            assertThat(state.maxAnisotropy()).isEqualTo(7);
            assertThat(state.lodMinClamp()).isEqualTo(0.25f);
            assertThat(state.lodMaxClamp()).isEqualTo(3.5f);
            assertThat(state.lodBias()).isEqualTo(-1.5f);
            assertThat(state.reduction()).isEqualTo(SamplerState.Reduction.MAXIMUM);
            assertThat(SamplerBits.state(out.getAtIndex(ValueLayout.JAVA_LONG, 1)))
                    .isEqualTo(SamplerState.DEFAULT);
        }
    }

    @Test
    void theLevelIsThatOfTheOptionWithinTheSamplersLimits() {
        try (var kernel = TextureKernel.of(options, """
                kernel void k(texture2d<float> t [[texture(0)]], device float* out [[buffer(0)]]) {
                    constexpr sampler blend(mip_filter::linear);
                    constexpr sampler near(mip_filter::nearest, lod_clamp(0.0f, 1.0f));
                    constexpr sampler one;
                    float2 uv = 0.5f;
                    out[0] = t.sample(blend, uv).x;
                    out[1] = t.sample(blend, uv, level(1.25f)).x;
                    out[2] = t.sample(blend, uv, bias(2.0f)).x;
                    out[3] = t.sample(blend, uv, min_lod_clamp(0.5f)).x;
                    out[4] = t.sample(blend, uv, gradient2d(float2(0.25f, 0), float2(0, 0.125f))).x;
                    out[5] = t.sample(blend, uv, gradient2d(float2(0.125f), float2(0)), min_lod_clamp(3.0f)).x;
                    out[6] = t.sample(near, uv, level(5.0f)).x;
                    out[7] = t.sample(one, uv, level(3.0f)).x;
                    out[8] = t.sample(blend, uv, level(-4.0f)).x;
                    out[9] = t.sample(blend, uv, level(9.0f)).x;
                }
                """)) {
            var texture = kernel.texture(shape("R32Float", 8, 8).withLevels(4));
            for (int level = 0; level < 4; level++) {
                int side = 8 >> level;
                var texels = new float[side * side];
                Arrays.fill(texels, 10 * level);
                texture.replace(
                        new Region(0, 0, 0, side, side, 1), level, 0, MemorySegment.ofArray(texels), side * 4L, 0);
            }
            var out = kernel.buffer(40);
            kernel.run(1, 1);
            assertThat(floats(out)).containsExactly(0, 12.5f, 20, 5, 10, 30, 10, 0, 0, 30);
        }
    }

    @Test
    void narrowElementsSaturateAndHalvesAreRounded() {
        try (var kernel = TextureKernel.of(options, """
                kernel void k(texture2d<short> s [[texture(0)]], texture2d<ushort> u [[texture(1)]],
                              texture2d<half> h [[texture(2)]], texture2d<int, access::write> w [[texture(3)]],
                              device float* out [[buffer(0)]]) {
                    out[0] = s.read(uint2(0)).x;
                    out[1] = u.read(uint2(0)).x;
                    out[2] = h.read(uint2(0)).x;
                    w.write(int4(-200, 200, 5, 6), uint2(0));
                }
                """)) {
            var signed = kernel.texture(shape("R32Sint", 1, 1));
            signed.replace(new Region(0, 0, 0, 1, 1, 1), 0, 0, MemorySegment.ofArray(new int[] {-100_000}), 4, 0);
            var unsigned = kernel.texture(shape("R32Uint", 1, 1));
            unsigned.replace(new Region(0, 0, 0, 1, 1, 1), 0, 0, MemorySegment.ofArray(new int[] {-1}), 4, 0);
            fill(kernel.texture(shape("R8Unorm", 1, 1)), (byte) 1);
            var written = kernel.texture(shape("RGBA8Sint", 1, 1));
            var out = kernel.buffer(12);
            kernel.run(1, 1);
            assertThat(floats(out))
                    .containsExactly(-32768, 65535, Float.float16ToFloat(Float.floatToFloat16(1 / 255f)));
            assertThat(bytes(written)).containsExactly(-128, 127, 5, 6);
        }
    }

    @Test
    void bindingsAtProgramScopeAreFoundByFunctions() {
        try (var kernel = TextureKernel.of(options, """
                constexpr sampler plain;
                texture2d<float> constant image [[texture(0)]];
                sampler constant given [[sampler(0)]];
                float fetch() { return image.sample(plain, float2(0)).x + image.sample(given, float2(0.5f)).x; }
                kernel void k(device float* out [[buffer(0)]]) { out[0] = fetch() * 255; }
                """)) {
            fill(kernel.texture(shape("R8Unorm", 2, 1)), (byte) 10, (byte) 20);
            kernel.sampler(SamplerState.DEFAULT.withFilters(new SamplerState.Filters(
                    SamplerState.Filter.LINEAR, SamplerState.Filter.LINEAR, SamplerState.MipFilter.NONE)));
            var out = kernel.buffer(4);
            kernel.run(1, 1);
            assertThat(floats(out)[0]).isCloseTo(25, Offset.offset(1e-4f));
        }
    }

    /** Threads of a group take turns between barriers, and in loops: each must see its own arguments. */
    @Test
    void aTiledFilterIsTheFilter() {
        var direct = """
                kernel void k(texture2d<float, access::read> in [[texture(0)]],
                              texture2d<float, access::write> out [[texture(1)]], uint2 i [[thread_position_in_grid]]) {
                    float sum = 0;
                    for (int x = -2; x <= 2; x++) {
                        uint at = clamp(int(i.x) + x, 0, int(in.get_width()) - 1);
                        sum += in.read(uint2(at, i.y)).x * (3 - abs(x));
                    }
                    out.write(sum, i);
                }
                """;
        var tiled = """
                kernel void k(texture2d<float, access::read> in [[texture(0)]],
                              texture2d<float, access::write> out [[texture(1)]], uint2 i [[thread_position_in_grid]],
                              uint t [[thread_index_in_threadgroup]]) {
                    threadgroup float tile[36];
                    int first = int(i.x - t) - 2;
                    for (int k = t; k < 36; k += 32) {
                        tile[k] = in.read(uint2(clamp(first + k, 0, int(in.get_width()) - 1), i.y)).x;
                    }
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    float sum = 0;
                    for (int x = -2; x <= 2; x++) {
                        sum += tile[t + 2 + x] * (3 - abs(x));
                    }
                    out.write(sum, i);
                }
                """;
        assertThat(filtered(tiled)).containsExactly(filtered(direct));
    }

    private byte[] filtered(String source) {
        try (var kernel = TextureKernel.of(options, source)) {
            var in = kernel.texture(shape("R32Float", 64, 9));
            var random = new Random(5);
            var texels = new float[64 * 9];
            for (int i = 0; i < texels.length; i++) {
                texels[i] = random.nextFloat();
            }
            in.replace(new Region(0, 0, 0, 64, 9, 1), 0, 0, MemorySegment.ofArray(texels), 64 * 4L, 0);
            var out = kernel.texture(shape("R32Float", 64, 9));
            kernel.run(64, 9);
            return bytes(out);
        }
    }
}
