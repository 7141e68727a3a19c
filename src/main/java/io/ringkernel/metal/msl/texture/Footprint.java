package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.SamplerState.BorderColor;
import io.ringkernel.metal.msl.texture.SamplerState.CompareFunction;
import io.ringkernel.metal.msl.texture.SamplerState.Reduction;
import io.ringkernel.metal.msl.texture.format.TexelCodec;

/**
 * The texels that one sample takes, each with its weight. Sums are in double, so that equal texels give exactly that
 * value. What has no weight is not there, so that an infinity beside a sample does not reach it.
 */
final class Footprint {
    /** Two texels in three dimensions of two levels, sixteen times along the line of an anisotropic sample. */
    private static final int MOST = 16 * 2 * 8;

    private static final long ZERO = -1;
    private static final long BORDER = -2;

    private final long[] at = new long[MOST];
    private final double[] weight = new double[MOST];
    private int count;
    private Texture texture;
    private TexelCodec codec;
    private BorderColor border = BorderColor.TRANSPARENT_BLACK;

    void begin(Texture of, BorderColor outside) {
        texture = of;
        codec = of.shape().format().codec();
        border = outside;
        count = 0;
    }

    int count() {
        return count;
    }

    void add(long offset, double share) {
        if (share != 0) {
            at[count] = offset;
            weight[count++] = share;
        }
    }

    /** A texel outside: of the border's colour, or of zeros. */
    void addOutside(boolean isBorder, double share) {
        add(isBorder ? BORDER : ZERO, share);
    }

    /** A texel that is taken whatever its weight, for a gather. */
    void take(long offset) {
        at[count] = offset;
        weight[count++] = 1;
    }

    void takeOutside(boolean isBorder) {
        take(isBorder ? BORDER : ZERO);
    }

    /** A channel of one of the texels. */
    float texel(int index, int channel) {
        return at[index] < 0 ? outside(at[index], channel) : codec.channel(texture.memory(), at[index], channel);
    }

    int intTexel(int index, int channel) {
        return at[index] < 0 ? outside(at[index], channel) : codec.intChannel(texture.memory(), at[index], channel);
    }

    private int outside(long which, int channel) {
        if (!codec.has(channel)) {
            return TexelCodec.absent(channel);
        }
        if (which == ZERO || border == BorderColor.TRANSPARENT_BLACK) {
            return 0;
        }
        return border == BorderColor.OPAQUE_WHITE || channel == 3 ? 1 : 0;
    }

    /** The weighted mean of a channel. */
    float mean(int channel) {
        if (count == 1) {
            return texel(0, channel);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weight[i] * texel(i, channel);
        }
        return (float) sum;
    }

    /** The least or greatest of a channel. */
    float extreme(int channel, Reduction reduction) {
        float result = texel(0, channel);
        for (int i = 1; i < count; i++) {
            float next = texel(i, channel);
            result = reduction == Reduction.MINIMUM ? Math.min(result, next) : Math.max(result, next);
        }
        return result;
    }

    /** The weight of the texels that a reference compares with. */
    float share(float reference, CompareFunction function) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += function.test(reference, texel(i, 0)) ? weight[i] : 0;
        }
        return (float) sum;
    }
}
