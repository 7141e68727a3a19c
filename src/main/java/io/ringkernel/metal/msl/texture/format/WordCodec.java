package io.ringkernel.metal.msl.texture.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Channels of 32 bits that are floats, red first. */
final class WordCodec extends FieldCodec {
    private final int count;

    WordCodec(FieldCodec layout) {
        super(layout);
        count = layout.byteSize() / Float.BYTES;
    }

    @Override
    public float channel(MemorySegment memory, long at, int channel) {
        return channel < count
                ? memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + channel * (long) Float.BYTES)
                : absent(channel);
    }

    @Override
    public void load(MemorySegment memory, long at, float[] color) {
        for (int channel = 0; channel < count; channel++) {
            color[channel] = memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + channel * (long) Float.BYTES);
        }
        for (int channel = count; channel < color.length; channel++) {
            color[channel] = absent(channel);
        }
    }

    @Override
    public void write(MemorySegment memory, long at, float[] color) {
        for (int channel = 0; channel < count; channel++) {
            memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at + channel * (long) Float.BYTES, color[channel]);
        }
    }
}
