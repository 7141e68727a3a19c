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

    /** All channels of one of the texels. */
    private void load(int index, float[] color) {
        if (at[index] >= 0) {
            codec.load(texture.memory(), at[index], color);
            return;
        }
        for (int channel = 0; channel < color.length; channel++) {
            color[channel] = outside(at[index], channel);
        }
    }

    /** The weighted mean of the texels. */
    void mean(float[] color) {
        if (count == 1) {
            load(0, color);
            return;
        }
        double red = 0;
        double green = 0;
        double blue = 0;
        double alpha = 0;
        for (int i = 0; i < count; i++) {
            load(i, color);
            double share = weight[i];
            red += share * color[0];
            green += share * color[1];
            blue += share * color[2];
            alpha += share * color[3];
        }
        color[0] = (float) red;
        color[1] = (float) green;
        color[2] = (float) blue;
        color[3] = (float) alpha;
    }

    /** The least or greatest value of each channel. */
    void extreme(float[] color, Reduction reduction) {
        load(0, color);
        for (int i = 1; i < count; i++) {
            for (int channel = 0; channel < color.length; channel++) {
                float next = texel(i, channel);
                color[channel] = reduction == Reduction.MINIMUM
                        ? Math.min(color[channel], next)
                        : Math.max(color[channel], next);
            }
        }
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
