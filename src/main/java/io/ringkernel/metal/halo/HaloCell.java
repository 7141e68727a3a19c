package io.ringkernel.metal.halo;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** What a cell holds: one of MSL's types. An exchange copies its bits. */
public enum HaloCell {
    /** 32-bit floating point. */
    FLOAT(4, 1),
    /** 16-bit floating point. */
    HALF(2, 1),
    /** 32-bit signed integer. */
    INT(4, 1),
    /** 32-bit unsigned integer. */
    UINT(4, 1),
    /** 16-bit signed integer. */
    SHORT(2, 1),
    /** 8-bit unsigned integer. */
    UCHAR(1, 1),
    /** Two floats. */
    FLOAT2(8, 2),
    /** Four floats. */
    FLOAT4(16, 4);

    private static final ValueLayout.OfInt INT_BITS = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT_BITS =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int byteSize;
    private final int components;

    HaloCell(int byteSize, int components) {
        this.byteSize = byteSize;
        this.components = components;
    }

    /** Bytes of one cell; also its alignment. */
    public int byteSize() {
        return byteSize;
    }

    /**
     * Whether a number is exactly a value of this type, so that a constant edge loses nothing. A NaN is, for the
     * floating types.
     */
    boolean holds(double value) {
        return switch (this) {
            case FLOAT, FLOAT2, FLOAT4 -> Double.isNaN(value) || (float) value == value;
            case HALF -> Double.isNaN(value) || Float.float16ToFloat(Float.floatToFloat16((float) value)) == value;
            case INT -> (int) value == value;
            case UINT -> value == Math.rint(value) && value >= 0 && value < 0x1p32;
            case SHORT -> (short) value == value;
            case UCHAR -> value == Math.rint(value) && value >= 0 && value <= 255;
        };
    }

    /** Writes a number into every component of the cell at the start of a segment. */
    void write(MemorySegment cell, double value) {
        for (int i = 0; i < components; i++) {
            switch (this) {
                case FLOAT, FLOAT2, FLOAT4 -> cell.set(INT_BITS, 4L * i, Float.floatToRawIntBits((float) value));
                case HALF -> cell.set(SHORT_BITS, 0, Float.floatToFloat16((float) value));
                case INT, UINT -> cell.set(INT_BITS, 0, (int) (long) value);
                case SHORT -> cell.set(SHORT_BITS, 0, (short) value);
                case UCHAR -> cell.set(ValueLayout.JAVA_BYTE, 0, (byte) (int) value);
            }
        }
    }
}
