package io.ringkernel.metal.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * Reads and writes what records are made of. {@link RecordAccess} composes these methods into accessors by their names:
 * {@code put…} and {@code get…}, one overload for each Java type and for both kinds of memory: segments, and byte
 * arrays for payloads on the heap, which need no segment around them then.
 */
final class RecordCells {
    private static final ValueLayout.OfChar CHAR_UNALIGNED = ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
    private static final VarHandle CHARS = MethodHandles.byteArrayViewVarHandle(char[].class, LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
    private static final VarHandle FLOATS = MethodHandles.byteArrayViewVarHandle(float[].class, LITTLE_ENDIAN);

    private RecordCells() {}

    static long add(long offset, long base) {
        return base + offset;
    }

    static Object required(String component, Object value) {
        return Objects.requireNonNull(value, component);
    }

    static void put(boolean value, MemorySegment to, long offset) {
        to.set(JAVA_BYTE, offset, value ? (byte) 1 : 0);
    }

    static void put(byte value, MemorySegment to, long offset) {
        to.set(JAVA_BYTE, offset, value);
    }

    static void put(short value, MemorySegment to, long offset) {
        to.set(Wire.U16_UNALIGNED, offset, value);
    }

    static void put(char value, MemorySegment to, long offset) {
        to.set(CHAR_UNALIGNED, offset, value);
    }

    static void put(int value, MemorySegment to, long offset) {
        to.set(Wire.U32_UNALIGNED, offset, value);
    }

    static void put(long value, MemorySegment to, long offset) {
        to.set(Wire.U64_UNALIGNED, offset, value);
    }

    static void put(float value, MemorySegment to, long offset) {
        to.set(Wire.F32_UNALIGNED, offset, value);
    }

    static void putHalf(float value, MemorySegment to, long offset) {
        put(Float.floatToFloat16(value), to, offset);
    }

    static void putEnum(String component, Enum<?> value, MemorySegment to, long offset) {
        Objects.requireNonNull(value, component);
        put(value.ordinal(), to, offset);
    }

    static void put(boolean value, byte[] to, long offset) {
        to[(int) offset] = value ? (byte) 1 : 0;
    }

    static void put(byte value, byte[] to, long offset) {
        to[(int) offset] = value;
    }

    static void put(short value, byte[] to, long offset) {
        SHORTS.set(to, (int) offset, value);
    }

    static void put(char value, byte[] to, long offset) {
        CHARS.set(to, (int) offset, value);
    }

    static void put(int value, byte[] to, long offset) {
        INTS.set(to, (int) offset, value);
    }

    static void put(long value, byte[] to, long offset) {
        LONGS.set(to, (int) offset, value);
    }

    static void put(float value, byte[] to, long offset) {
        FLOATS.set(to, (int) offset, value);
    }

    static void putHalf(float value, byte[] to, long offset) {
        put(Float.floatToFloat16(value), to, offset);
    }

    static void putEnum(String component, Enum<?> value, byte[] to, long offset) {
        Objects.requireNonNull(value, component);
        put(value.ordinal(), to, offset);
    }

    static boolean getBoolean(MemorySegment from, long offset) {
        return from.get(JAVA_BYTE, offset) != 0;
    }

    static byte getByte(MemorySegment from, long offset) {
        return from.get(JAVA_BYTE, offset);
    }

    static short getShort(MemorySegment from, long offset) {
        return from.get(Wire.U16_UNALIGNED, offset);
    }

    static char getChar(MemorySegment from, long offset) {
        return from.get(CHAR_UNALIGNED, offset);
    }

    static int getInt(MemorySegment from, long offset) {
        return from.get(Wire.U32_UNALIGNED, offset);
    }

    static long getLong(MemorySegment from, long offset) {
        return from.get(Wire.U64_UNALIGNED, offset);
    }

    static float getFloat(MemorySegment from, long offset) {
        return from.get(Wire.F32_UNALIGNED, offset);
    }

    static float getHalf(MemorySegment from, long offset) {
        return Float.float16ToFloat(getShort(from, offset));
    }

    static Object getEnum(String component, Object[] constants, MemorySegment from, long offset) {
        return constant(component, constants, getInt(from, offset));
    }

    static boolean getBoolean(byte[] from, long offset) {
        return from[(int) offset] != 0;
    }

    static byte getByte(byte[] from, long offset) {
        return from[(int) offset];
    }

    static short getShort(byte[] from, long offset) {
        return (short) SHORTS.get(from, (int) offset);
    }

    static char getChar(byte[] from, long offset) {
        return (char) CHARS.get(from, (int) offset);
    }

    static int getInt(byte[] from, long offset) {
        return (int) INTS.get(from, (int) offset);
    }

    static long getLong(byte[] from, long offset) {
        return (long) LONGS.get(from, (int) offset);
    }

    static float getFloat(byte[] from, long offset) {
        return (float) FLOATS.get(from, (int) offset);
    }

    static float getHalf(byte[] from, long offset) {
        return Float.float16ToFloat(getShort(from, offset));
    }

    static Object getEnum(String component, Object[] constants, byte[] from, long offset) {
        return constant(component, constants, getInt(from, offset));
    }

    private static Object constant(String component, Object[] constants, int ordinal) {
        if (ordinal < 0 || ordinal >= constants.length) {
            throw new MalformedMessageException(
                    component, "not in 0.." + (constants.length - 1), Integer.toUnsignedString(ordinal));
        }
        return constants[ordinal];
    }
}
