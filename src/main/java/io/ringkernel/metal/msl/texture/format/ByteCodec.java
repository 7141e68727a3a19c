package io.ringkernel.metal.msl.texture.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Four normalised channels of a byte each: what most images are, so without a loop over fields. */
final class ByteCodec extends FieldCodec {
    private static final float[] DECODED = new float[256];

    static {
        for (int code = 0; code < DECODED.length; code++) {
            DECODED[code] = Conversion.UNORM.decode(code, Byte.SIZE);
        }
    }

    private final int red;
    private final int blue;

    ByteCodec(FieldCodec layout) {
        super(layout);
        red = layout.byteOffset(0);
        blue = layout.byteOffset(2);
    }

    /** Red and blue change places, green and alpha stay. */
    private int offset(int channel) {
        return (channel & 1) != 0 ? channel : red ^ channel;
    }

    @Override
    public float channel(MemorySegment memory, long at, int channel) {
        return DECODED[memory.get(ValueLayout.JAVA_BYTE, at + offset(channel)) & 0xff];
    }

    @Override
    public void load(MemorySegment memory, long at, float[] color) {
        int texel = memory.get(ValueLayout.JAVA_INT_UNALIGNED, at);
        color[0] = DECODED[texel >>> red * Byte.SIZE & 0xff];
        color[1] = DECODED[texel >>> Byte.SIZE & 0xff];
        color[2] = DECODED[texel >>> blue * Byte.SIZE & 0xff];
        color[3] = DECODED[texel >>> 3 * Byte.SIZE];
    }

    @Override
    public void write(MemorySegment memory, long at, float[] color) {
        int texel = Conversion.UNORM.encode(color[0], Byte.SIZE) << offset(0) * Byte.SIZE
                | Conversion.UNORM.encode(color[1], Byte.SIZE) << Byte.SIZE
                | Conversion.UNORM.encode(color[2], Byte.SIZE) << offset(2) * Byte.SIZE
                | Conversion.UNORM.encode(color[3], Byte.SIZE) << 3 * Byte.SIZE;
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, texel);
    }
}
