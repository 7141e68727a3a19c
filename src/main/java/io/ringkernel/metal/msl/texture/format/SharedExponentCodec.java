package io.ringkernel.metal.msl.texture.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** RGB9E5: red, green and blue share an exponent. */
final class SharedExponentCodec extends TexelCodec {
    private static final int RED_GREEN_BLUE = 7;

    SharedExponentCodec() {
        super(Integer.BYTES, RED_GREEN_BLUE);
    }

    @Override
    public float channel(MemorySegment memory, long at, int channel) {
        return has(channel)
                ? SmallFloats.decodeShared(memory.get(ValueLayout.JAVA_INT_UNALIGNED, at), channel)
                : absent(channel);
    }

    @Override
    public int intChannel(MemorySegment memory, long at, int channel) {
        return (int) channel(memory, at, channel);
    }

    @Override
    public void write(MemorySegment memory, long at, float[] color) {
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, SmallFloats.encodeShared(color[0], color[1], color[2]));
    }

    @Override
    public void write(MemorySegment memory, long at, int[] color) {
        write(memory, at, new float[] {color[0], color[1], color[2]});
    }
}
