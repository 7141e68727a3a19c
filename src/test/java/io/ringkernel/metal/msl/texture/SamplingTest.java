package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.texture.SampledKind.Call;
import io.ringkernel.metal.msl.texture.SamplerState.AddressMode;
import io.ringkernel.metal.msl.texture.SamplerState.BorderColor;
import io.ringkernel.metal.msl.texture.SamplerState.CompareFunction;
import io.ringkernel.metal.msl.texture.SamplerState.Filter;
import io.ringkernel.metal.msl.texture.SamplerState.Filters;
import io.ringkernel.metal.msl.texture.SamplerState.MipFilter;
import io.ringkernel.metal.msl.texture.SamplerState.Reduction;
import io.ringkernel.metal.msl.texture.format.PixelFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every member function of every type of texture that looks texels up, in kernels, at random places of random textures
 * through random samplers, held against {@link ReferenceSampler}.
 */
final class SamplingTest {
    private static final int TEXTURES = 12;
    private static final int CALLS = 32;
    private static final int CALL_BYTES = 112;

    /** The formats that each element type holds exactly, or as a half with a loss. */
    private static final Map<String, List<String>> FORMATS = Map.of(
            "float",
                    List.of(
                            "RGBA32Float",
                            "RG32Float",
                            "R16Float",
                            "RGBA8Unorm",
                            "BGRA8Unorm",
                            "A8Unorm",
                            "RGBA8Unorm_sRGB",
                            "B5G6R5Unorm",
                            "BGR5A1Unorm",
                            "RGB10A2Unorm",
                            "RG11B10Float",
                            "RGB9E5Float",
                            "R8Snorm",
                            "RG16Unorm",
                            "RGBA16Snorm"),
            "half", List.of("RGBA16Float", "RG8Unorm", "R8Unorm", "RGBA8Snorm", "BGRA8Unorm_sRGB"),
            "int", List.of("RGBA32Sint", "RG16Sint", "R8Sint"),
            "short", List.of("RGBA16Sint", "RG8Sint"),
            "uint", List.of("RGBA32Uint", "RG16Uint", "RGB10A2Uint"),
            "ushort", List.of("RGBA16Uint", "R8Uint"),
            "depth", List.of("Depth32Float", "Depth16Unorm"));

    private static <T> T any(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static <T> T any(Random random, T[] values) {
        return any(random, List.of(values));
    }

    private static TextureShape shape(Random random, TextureType type, PixelFormat format) {
        int width = 1 + random.nextInt(9);
        int height = type.isCube() ? width : type.dimensions() > 1 ? 1 + random.nextInt(9) : 1;
        int depth = type.dimensions() > 2 ? 1 + random.nextInt(5) : 1;
        int levels = type.hasLevels() ? 1 + random.nextInt(TextureShape.fullChain(width, height, depth)) : 1;
        int layers = type.isArray() ? 1 + random.nextInt(3) : 1;
        return new TextureShape(type, format, width, height, depth, layers, levels, 1);
    }

    private static SamplerState sampler(Random random, boolean normalized, boolean filters) {
        var filter = filters ? any(random, Filter.values()) : Filter.NEAREST;
        boolean allLinear = filters && normalized && random.nextInt(3) == 0;
        float least = random.nextInt(4) == 0 ? random.nextFloat() * 2 : 0;
        var modes = List.of(
                any(random, AddressMode.values()),
                any(random, AddressMode.values()),
                any(random, AddressMode.values()));
        // Zeros and a border that is not zero do not go together.
        var border = modes.contains(AddressMode.CLAMP_TO_ZERO)
                ? BorderColor.TRANSPARENT_BLACK
                : any(random, BorderColor.values());
        var mip = !normalized ? MipFilter.NONE : filters ? any(random, MipFilter.values()) : MipFilter.NEAREST;
        var mixed = new Filters(normalized && filters ? any(random, Filter.values()) : filter, filter, mip);
        return new SamplerState(
                normalized,
                modes,
                border,
                allLinear ? new Filters(Filter.LINEAR, Filter.LINEAR, MipFilter.LINEAR) : mixed,
                any(random, CompareFunction.values()),
                1,
                least,
                random.nextInt(4) == 0 ? least + random.nextFloat() : Float.MAX_VALUE,
                random.nextInt(3) == 0 ? random.nextFloat() - 0.5f : 0,
                any(random, Reduction.values()));
    }

    private static Call call(Random random, TextureShape shape, boolean normalized) {
        var at = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            float scale = normalized ? 1 : shape.width();
            // Often on a border between texels, where sides are easily exchanged.
            at[axis] = random.nextInt(3) == 0
                    ? random.nextInt(9) / 4f * scale - scale / 2
                    : (random.nextFloat() * 3 - 1) * scale;
        }
        int[] offset = {random.nextInt(16) - 8, random.nextInt(16) - 8, random.nextInt(16) - 8};
        if (shape.type().isCube()) {
            at[random.nextInt(3)] = random.nextBoolean() ? 2.0625 : -2.0625;
        }
        int[] texel = {random.nextInt(10), random.nextInt(10), random.nextInt(6)};
        if (random.nextInt(4) == 0) {
            texel[random.nextInt(3)] = 0xffff;
        }
        return new Call(
                at,
                gradient(random),
                gradient(random),
                offset,
                random.nextFloat() * 5 - 1,
                random.nextFloat() * 4 - 1,
                random.nextInt(4),
                random.nextInt(7) / 4f - 0.25f,
                texel,
                random.nextInt(7),
                random.nextInt(3));
    }

    private static double[] gradient(Random random) {
        float scale = random.nextInt(8) == 0 ? 0 : random.nextFloat();
        return new double[] {
            scale * (random.nextFloat() - 0.5f),
            scale * (random.nextFloat() - 0.5f),
            scale * (random.nextFloat() - 0.5f)
        };
    }

    private static void store(MemorySegment at, Call call) {
        for (int axis = 0; axis < 3; axis++) {
            at.setAtIndex(ValueLayout.JAVA_FLOAT, axis, (float) call.at()[axis]);
            at.setAtIndex(ValueLayout.JAVA_FLOAT, 4 + axis, (float) call.dx()[axis]);
            at.setAtIndex(ValueLayout.JAVA_FLOAT, 8 + axis, (float) call.dy()[axis]);
            at.setAtIndex(ValueLayout.JAVA_INT, 12 + axis, call.offset()[axis]);
            at.setAtIndex(ValueLayout.JAVA_INT, 20 + axis, call.texel()[axis]);
        }
        at.setAtIndex(ValueLayout.JAVA_FLOAT, 16, call.lod());
        at.setAtIndex(ValueLayout.JAVA_FLOAT, 17, call.least());
        at.setAtIndex(ValueLayout.JAVA_INT, 18, call.layer());
        at.setAtIndex(ValueLayout.JAVA_FLOAT, 19, call.reference());
        at.setAtIndex(ValueLayout.JAVA_INT, 24, call.face());
        at.setAtIndex(ValueLayout.JAVA_INT, 25, call.level());
    }

    /** Each seed has another shape of code: checks on or off, fast or plain. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void samplesGathersAndReadsAreThoseOfTheReference(long seed) {
        var random = new Random(seed);
        var options = MslOptions.of(LanguageVersion.METAL_4_0)
                .withChecks((seed & 1) == 0)
                .withFast((seed & 2) == 0);
        for (int i = (int) (seed & 1); i < SampledKind.ALL.size(); i += 2) {
            var kind = SampledKind.ALL.get(i);
            var elements = List.of("float", "float", "half", "int", "short", "uint", "ushort");
            var element = kind.isDepth() ? "float" : any(random, elements);
            try (var kernel = TextureKernel.of(options, kind.source(element))) {
                for (int k = 0; k < TEXTURES; k++) {
                    compare(kernel, kind, element, random);
                }
            }
        }
    }

    private static void compare(TextureKernel kernel, SampledKind kind, String element, Random random) {
        var format = PixelFormat.named(any(random, FORMATS.get(kind.isDepth() ? "depth" : element)));
        var shape = shape(random, kind.type(), format);
        boolean normalized = shape.type().isCube() || random.nextInt(4) != 0;
        boolean swizzles = !kind.isDepth() && random.nextInt(3) == 0;
        var swizzle = swizzles
                ? new Swizzle(random.nextInt(6), random.nextInt(6), random.nextInt(6), random.nextInt(6))
                : Swizzle.IDENTITY;
        kernel.unbind();
        var texture = kernel.texture(shape, swizzle);
        var colors = TexelColors.fill(texture, random);
        var state = sampler(random, normalized, !format.kind().isInteger());
        kernel.sampler(state);
        var reference = new ReferenceSampler(shape, colors, state);
        var calls = random.ints(CALLS)
                .mapToObj(unused -> call(random, shape, normalized))
                .toList();
        var arguments = kernel.buffer(CALLS * (long) CALL_BYTES);
        for (int i = 0; i < CALLS; i++) {
            store(arguments.asSlice(i * (long) CALL_BYTES, CALL_BYTES), calls.get(i));
        }
        var lookups = kind.lookups();
        var out = kernel.buffer(CALLS * lookups.size() * 16L);
        kernel.run(CALLS, 1);
        boolean hasGather = shape.levels() == 1 || state.filters().mip() == MipFilter.NONE;
        double tolerance = element.equals("half") ? 1.5e-3 : 2e-6;
        for (int i = 0; i < CALLS; i++) {
            var asked = new SampledKind.Reference(reference, calls.get(i), swizzle, hasGather);
            for (int k = 0; k < lookups.size(); k++) {
                var found = out.asSlice((i * lookups.size() + k) * 16L, 16).toArray(ValueLayout.JAVA_FLOAT);
                var expected = lookups.get(k).expected().apply(asked);
                boolean isOne = kind.isDepth() && !lookups.get(k).text().contains("gather");
                if (!isClose(found, isOne ? Arrays.copyOf(expected, 1) : expected, tolerance)) {
                    throw new AssertionError("%s<%s>, %s of %s, %s, %s: %s, expected %s, at %s"
                            .formatted(
                                    kind.name(),
                                    element,
                                    lookups.get(k).text(),
                                    shape,
                                    swizzle,
                                    state,
                                    Arrays.toString(found),
                                    Arrays.toString(expected),
                                    asked.call()));
                }
            }
        }
    }

    private static boolean isClose(float[] found, double[] expected, double tolerance) {
        for (int c = 0; c < expected.length; c++) {
            if (!(Math.abs(found[c] - expected[c]) <= tolerance)) {
                return false;
            }
        }
        return true;
    }
}
