package io.ringkernel.metal.msl.texture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.texture.SamplerState.AddressMode;
import io.ringkernel.metal.msl.texture.SamplerState.BorderColor;
import io.ringkernel.metal.msl.texture.SamplerState.CompareFunction;
import io.ringkernel.metal.msl.texture.SamplerState.Filter;
import io.ringkernel.metal.msl.texture.SamplerState.Filters;
import io.ringkernel.metal.msl.texture.SamplerState.MipFilter;
import io.ringkernel.metal.msl.texture.SamplerState.Reduction;
import io.ringkernel.metal.msl.texture.TextureUse.Access;
import io.ringkernel.metal.msl.texture.TextureUse.Element;
import io.ringkernel.metal.msl.texture.format.PixelFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random textures, samplers and positions, held against {@link ReferenceSampler}. */
final class SamplingTest {
    private static final int TEXTURES = 60;
    private static final int SAMPLES = 60;
    private static final List<TextureType> TYPES = List.of(
            TextureType.D1,
            TextureType.D1_ARRAY,
            TextureType.D2,
            TextureType.D2_ARRAY,
            TextureType.D3,
            TextureType.CUBE,
            TextureType.CUBE_ARRAY);

    private final List<double[]> colors = new ArrayList<>();

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static TextureShape shape(Random random) {
        var type = TYPES.get(random.nextInt(TYPES.size()));
        int width = 1 + random.nextInt(9);
        int height = type.isCube() ? width : type.dimensions() > 1 ? 1 + random.nextInt(9) : 1;
        int depth = type.dimensions() > 2 ? 1 + random.nextInt(5) : 1;
        int levels = type.hasLevels() ? 1 + random.nextInt(TextureShape.fullChain(width, height, depth)) : 1;
        int layers = type.isArray() ? 1 + random.nextInt(3) : 1;
        return new TextureShape(type, PixelFormat.named("RGBA32Float"), width, height, depth, layers, levels, 1);
    }

    private static SamplerState sampler(Random random, boolean normalized) {
        var filter = any(random, Filter.values());
        float least = random.nextInt(4) == 0 ? random.nextFloat() * 2 : 0;
        var modes = List.of(
                any(random, AddressMode.values()),
                any(random, AddressMode.values()),
                any(random, AddressMode.values()));
        // Zeros and a border that is not zero do not go together.
        var border = modes.contains(AddressMode.CLAMP_TO_ZERO)
                ? BorderColor.TRANSPARENT_BLACK
                : any(random, BorderColor.values());
        return new SamplerState(
                normalized,
                modes,
                border,
                new Filters(
                        normalized ? any(random, Filter.values()) : filter,
                        filter,
                        normalized ? any(random, MipFilter.values()) : MipFilter.NONE),
                CompareFunction.NEVER,
                1,
                least,
                random.nextInt(4) == 0 ? least + random.nextFloat() : Float.MAX_VALUE,
                random.nextInt(3) == 0 ? random.nextFloat() - 0.5f : 0,
                Reduction.WEIGHTED_AVERAGE);
    }

    /** Fills every texel, and remembers its colour under a number that stands for its place. */
    private void fill(Texture texture, Random random) {
        var shape = texture.shape();
        colors.clear();
        for (int slice = 0; slice < shape.slices(); slice++) {
            for (int level = 0; level < shape.levels(); level++) {
                int texels = shape.width(level) * shape.height(level) * shape.depth(level);
                for (int i = 0; i < texels; i++) {
                    int x = i % shape.width(level);
                    int y = i / shape.width(level) % shape.height(level);
                    int z = i / shape.width(level) / shape.height(level);
                    write(texture, new Texture.TexelPosition(x, y, z, slice, level), random);
                }
            }
        }
    }

    private void write(Texture texture, Texture.TexelPosition to, Random random) {
        var color = new double[5];
        long at = texture.offset(to.x(), to.y(), to.z(), to.slice(), to.level());
        for (int c = 0; c < 4; c++) {
            float value = random.nextFloat() * 4 - 2;
            texture.memory().set(ValueLayout.JAVA_FLOAT_UNALIGNED, at + c * 4L, value);
            color[c] = value;
        }
        color[4] = number(to.level(), to.slice(), to.x(), to.y(), to.z());
        colors.add(color);
    }

    private static int number(int level, int slice, int x, int y, int z) {
        return (((level * 32 + slice) * 16 + x) * 16 + y) * 16 + z;
    }

    private double[] color(int level, int slice, int x, int y, int z) {
        int number = number(level, slice, x, y, z);
        return colors.stream().filter(color -> color[4] == number).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void samplesAreThoseOfTheReference(long seed) {
        var random = new Random(seed);
        var unit = new TextureUnit();
        try (var arena = Arena.ofConfined()) {
            for (int i = 0; i < TEXTURES; i++) {
                var shape = shape(random);
                var texture = Texture.over(arena.allocate(Texture.byteSize(shape), 16), shape, Swizzle.IDENTITY);
                fill(texture, random);
                boolean normalized = shape.type().isCube() || random.nextInt(4) != 0;
                var sampler = new Sampler(sampler(random, normalized));
                Handle.TEXTURES.add(texture);
                Handle.SAMPLERS.add(sampler);
                for (int k = 0; k < SAMPLES; k++) {
                    compare(unit, texture, sampler, random);
                }
                Handle.TEXTURES.remove(texture);
                Handle.SAMPLERS.remove(sampler);
            }
        }
    }

    private void compare(TextureUnit unit, Texture texture, Sampler sampler, Random random) {
        var shape = texture.shape();
        float[] at = new float[3];
        for (int axis = 0; axis < 3; axis++) {
            float scale = sampler.state().normalized() ? 1 : shape.width();
            // Often on a border between texels, where sides are easily exchanged.
            at[axis] = random.nextInt(3) == 0
                    ? random.nextInt(9) / 4f * scale - scale / 2
                    : (random.nextFloat() * 3 - 1) * scale;
        }
        if (shape.type().isCube()) {
            at[random.nextInt(3)] = random.nextBoolean() ? 1.0625f : -1.0625f;
        }
        int layer = random.nextInt(4);
        float lod = random.nextFloat() * 5 - 1;
        int[] offset = {random.nextInt(16) - 8, random.nextInt(16) - 8, random.nextInt(16) - 8};
        if (shape.type().dimensions() == 1 || shape.type().isCube()) {
            offset = new int[3];
        }
        unit.begin(texture.handle(), new TextureUse(shape.type(), false, Element.FLOAT, Access.SAMPLE).code());
        unit.sampler(sampler.handle());
        unit.coordinate(at[0], at[1], at[2]);
        unit.layer(layer);
        unit.lodLevel(lod);
        unit.offset(offset[0], offset[1], offset[2]);
        float[] found = {unit.sample(), unit.channel(1), unit.channel(2), unit.channel(3)};
        var reference = new ReferenceSampler(shape, this::color, sampler.state());
        double[] position = {at[0], at[1], at[2]};
        var what = "%s at %s, level %s, offset %s, %s"
                .formatted(shape, Arrays.toString(at), lod, Arrays.toString(offset), sampler.state());
        assertClose(found, reference.sample(position, layer, lod, offset), what);
        boolean gathers = shape.type() == TextureType.D2 || shape.type() == TextureType.D2_ARRAY;
        if (gathers && shape.levels() == 1) {
            int channel = random.nextInt(4);
            unit.component(channel);
            float[] gathered = {unit.gather(), unit.channel(1), unit.channel(2), unit.channel(3)};
            assertClose(gathered, reference.gather(position, layer, channel, offset), "gather of " + what);
        }
    }

    private static void assertClose(float[] found, double[] expected, String what) {
        for (int i = 0; i < 4; i++) {
            assertThat((double) found[i]).as("%d of %s", i, what).isCloseTo(expected[i], Offset.offset(1e-6));
        }
    }
}
