package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.format.TexelCodec;

/**
 * Makes the levels of a texture from its first: each texel is the mean of the two texels above it in each dimension,
 * after conversion, so that sRGB is averaged as light. Of an odd size the last texel of the larger level is left out,
 * unless it is the only one. Metal does not specify its filter.
 */
public final class Mipmaps {
    private static final int CHANNELS = 4;

    private final Texture texture;
    private final TexelCodec codec;

    private Mipmaps(Texture texture) {
        this.texture = texture;
        this.codec = texture.shape().format().codec();
    }

    /** Writes every level but the first of every slice. */
    public static void generate(Texture texture) {
        var mipmaps = new Mipmaps(texture);
        for (int slice = 0; slice < texture.shape().slices(); slice++) {
            for (int level = 1; level < texture.shape().levels(); level++) {
                mipmaps.level(slice, level);
            }
        }
    }

    private void level(int slice, int level) {
        var size = texture.level(level);
        var mean = new float[CHANNELS];
        for (int z = 0; z < size.depth(); z++) {
            for (int y = 0; y < size.height(); y++) {
                for (int x = 0; x < size.width(); x++) {
                    texel(new Texture.TexelPosition(x, y, z, slice, level), mean);
                }
            }
        }
    }

    private void texel(Texture.TexelPosition to, float[] mean) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            mean[channel] = mean(to, channel);
        }
        codec.write(texture.memory(), texture.offset(to.x(), to.y(), to.z(), to.slice(), to.level()), mean);
    }

    private float mean(Texture.TexelPosition to, int channel) {
        var above = texture.level(to.level() - 1);
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            int x = Math.min(2 * to.x() + (corner & 1), above.width() - 1);
            int y = Math.min(2 * to.y() + (corner >> 1 & 1), above.height() - 1);
            int z = Math.min(2 * to.z() + (corner >> 2), above.depth() - 1);
            sum += codec.channel(texture.memory(), texture.offset(x, y, z, to.slice(), to.level() - 1), channel);
        }
        return (float) (sum / 8);
    }
}
