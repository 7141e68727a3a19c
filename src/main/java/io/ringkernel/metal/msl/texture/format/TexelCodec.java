package io.ringkernel.metal.msl.texture.format;

import java.lang.foreign.MemorySegment;

/**
 * How the texels of a pixel format lie in memory, one texel at a time and unaligned. Channels are 0 red, 1 green, 2
 * blue, 3 alpha; of those that a format lacks, red, green and blue are 0 and alpha is 1. A format is read and written
 * as floats or as ints, never both.
 */
public abstract class TexelCodec {
    private final int byteSize;
    private final int channels;

    /** The channels that exist, as bits: 1 for red to 8 for alpha. */
    TexelCodec(int byteSize, int channels) {
        this.byteSize = byteSize;
        this.channels = channels;
    }

    public final int byteSize() {
        return byteSize;
    }

    /** Whether the format has a channel. */
    public final boolean has(int channel) {
        return (channels >>> channel & 1) != 0;
    }

    /** What a channel is that the format lacks. */
    public static int absent(int channel) {
        return channel == 3 ? 1 : 0;
    }

    /** One channel of a texel of floats. */
    public abstract float channel(MemorySegment memory, long at, int channel);

    /** All channels of a texel of floats. */
    public void load(MemorySegment memory, long at, float[] color) {
        for (int channel = 0; channel < color.length; channel++) {
            color[channel] = channel(memory, at, channel);
        }
    }

    /** One channel of a texel of integers. */
    public abstract int intChannel(MemorySegment memory, long at, int channel);

    /** Writes a texel of floats, red first. */
    public abstract void write(MemorySegment memory, long at, float[] color);

    /** Writes a texel of integers, red first. */
    public abstract void write(MemorySegment memory, long at, int[] color);
}
