package io.ringkernel.metal.msl.texture;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What every texel of a texture holds, after the conversions that {@link FormatTest} tests. */
final class TexelColors implements ReferenceSampler.Texels {
    private final Map<Texture.TexelPosition, double[]> colors = new HashMap<>();
    private final Texture texture;

    private TexelColors(Texture texture) {
        this.texture = texture;
    }

    /** Fills every texel of every level and slice, and remembers them. */
    static TexelColors fill(Texture texture, Random random) {
        var result = new TexelColors(texture);
        var shape = texture.shape();
        for (int slice = 0; slice < shape.slices(); slice++) {
            for (int level = 0; level < shape.levels(); level++) {
                int texels = shape.width(level) * shape.height(level) * shape.depth(level);
                for (int i = 0; i < texels; i++) {
                    int x = i % shape.width(level);
                    int y = i / shape.width(level) % shape.height(level);
                    int z = i / shape.width(level) / shape.height(level);
                    result.fill(new Texture.TexelPosition(x, y, z, slice, level), random);
                }
            }
        }
        return result;
    }

    private void fill(Texture.TexelPosition to, Random random) {
        var format = texture.shape().format();
        var codec = format.codec();
        long at = texture.offset(to.x(), to.y(), to.z(), to.slice(), to.level());
        var color = new double[4];
        switch (format.kind()) {
            case SIGNED, UNSIGNED ->
                codec.write(
                        texture.memory(),
                        at,
                        random.ints(4, format.kind().name().equals("SIGNED") ? -200 : 0, 300)
                                .toArray());
            default -> codec.write(texture.memory(), at, floats(random));
        }
        for (int c = 0; c < 4; c++) {
            color[c] = format.kind().isInteger()
                    ? codec.intChannel(texture.memory(), at, c)
                    : codec.channel(texture.memory(), at, c);
        }
        colors.put(to, color);
    }

    /** Of depths quarters, so that comparisons meet what is equal. */
    private float[] floats(Random random) {
        var result = new float[4];
        boolean isDepth = List.of("Depth16Unorm", "Depth32Float")
                .contains(texture.shape().format().name());
        for (int c = 0; c < 4; c++) {
            result[c] = isDepth ? random.nextInt(5) / 4f : random.nextFloat() * 4 - 2;
        }
        return result;
    }

    @Override
    public double[] at(int level, int slice, int x, int y, int z) {
        var color = colors.get(new Texture.TexelPosition(x, y, z, slice, level));
        if (color == null) {
            throw new IllegalArgumentException(
                    "no texel (%d, %d, %d) of slice %d, level %d".formatted(x, y, z, slice, level));
        }
        return color;
    }
}
