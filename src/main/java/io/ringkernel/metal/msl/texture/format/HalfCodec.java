package io.ringkernel.metal.msl.texture.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Channels of 16 bits that are floats, red first. */
final class HalfCodec extends FieldCodec {
    private final int count;

    HalfCodec(FieldCodec layout) {
        super(layout);
        count = layout.byteSize() / Short.BYTES;
    }

    @Override
    public float channel(MemorySegment memory, long at, int channel) {
        return channel < count
                ? Float.float16ToFloat(memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + channel * (long) Short.BYTES))
                : absent(channel);
    }

    @Override
    public void load(MemorySegment memory, long at, float[] color) {
        for (int channel = 0; channel < count; channel++) {
            color[channel] = Float.float16ToFloat(
                    memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + channel * (long) Short.BYTES));
        }
        for (int channel = count; channel < color.length; channel++) {
            color[channel] = absent(channel);
        }
    }

    @Override
    public void write(MemorySegment memory, long at, float[] color) {
        for (int channel = 0; channel < count; channel++) {
            memory.set(
                    ValueLayout.JAVA_SHORT_UNALIGNED,
                    at + channel * (long) Short.BYTES,
                    Float.floatToFloat16(color[channel]));
        }
    }
}
