package io.ringkernel.metal.msl.ir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The bytes that constants in memory have before code adds what only it can compute; zeros until they are put. */
public final class ConstantImage {
    private static final int FIRST_CAPACITY = 256;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
    private int length;

    public void put(Cell cell, int offset, Expr.Const value) {
        reserve(offset + cell.byteSize());
        var bits = value.bits();
        switch (cell) {
            case BOOL, I8, U8 -> bytes.put(offset, (byte) bits);
            case I16, U16 -> bytes.putShort(offset, (short) bits);
            case I32, F32 -> bytes.putInt(offset, (int) bits);
            case I64 -> bytes.putLong(offset, bits);
            case F16 -> bytes.putShort(offset, Float.floatToFloat16(Float.intBitsToFloat((int) bits)));
            case BF16 -> bytes.putShort(offset, (short) (bits >>> 16));
        }
    }

    /** Puts {@code width} bits that begin at bit {@code from} of the byte at an offset. */
    public void putBits(int offset, int from, int width, long value) {
        reserve(offset + (from + width + Byte.SIZE - 1) / Byte.SIZE);
        for (int i = 0; i < width; i++) {
            int at = offset + (from + i) / Byte.SIZE;
            int mask = 1 << (from + i) % Byte.SIZE;
            bytes.put(at, (byte) ((value >>> i & 1) != 0 ? bytes.get(at) | mask : bytes.get(at) & ~mask));
        }
    }

    private void reserve(int end) {
        if (end > bytes.capacity()) {
            var grown = Arrays.copyOf(bytes.array(), Math.max(end, (int) Math.min(Integer.MAX_VALUE - 8, 2L * end)));
            bytes = ByteBuffer.wrap(grown).order(ByteOrder.LITTLE_ENDIAN);
        }
        length = Math.max(length, end);
    }

    /** The bytes up to the last one that was put. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes.array(), length);
    }
}
