package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A value for a function constant with its MSL type: a scalar, or a vector of 2 to 4 components. Immutable; equal when
 * type and bits are equal.
 *
 * <p>Each factory takes 1 to 4 components and throws {@link IllegalArgumentException} for any other number.
 */
public final class MetalConstantValue {
    private static final int MAX_COMPONENTS = 4;

    private final String type;
    private final long dataType;
    private final byte[] bytes;

    private MetalConstantValue(String type, long dataType, byte[] bytes) {
        this.type = type;
        this.dataType = dataType;
        this.bytes = bytes;
    }

    /** A {@code bool}, or a vector of them. */
    public static MetalConstantValue ofBools(boolean... values) {
        return of("bool", Mtl.MTLDataTypeBool(), values.length, Byte.BYTES, into -> {
            for (var value : values) {
                into.put((byte) (value ? 1 : 0));
            }
        });
    }

    /** A {@code char} (8 bits, signed), or a vector of them. */
    public static MetalConstantValue ofChars(byte... values) {
        return of("char", Mtl.MTLDataTypeChar(), values.length, Byte.BYTES, into -> into.put(values));
    }

    /** A {@code uchar} with these bits, or a vector of them. */
    public static MetalConstantValue ofUchars(byte... bits) {
        return of("uchar", Mtl.MTLDataTypeUChar(), bits.length, Byte.BYTES, into -> into.put(bits));
    }

    /** A {@code short}, or a vector of them. */
    public static MetalConstantValue ofShorts(short... values) {
        return of(
                "short",
                Mtl.MTLDataTypeShort(),
                values.length,
                Short.BYTES,
                into -> into.asShortBuffer().put(values));
    }

    /** A {@code ushort} with these bits, or a vector of them. */
    public static MetalConstantValue ofUshorts(short... bits) {
        return of(
                "ushort",
                Mtl.MTLDataTypeUShort(),
                bits.length,
                Short.BYTES,
                into -> into.asShortBuffer().put(bits));
    }

    /** An {@code int}, or a vector of them. */
    public static MetalConstantValue ofInts(int... values) {
        return of(
                "int",
                Mtl.MTLDataTypeInt(),
                values.length,
                Integer.BYTES,
                into -> into.asIntBuffer().put(values));
    }

    /** A {@code uint} with these bits, or a vector of them. */
    public static MetalConstantValue ofUints(int... bits) {
        return of(
                "uint",
                Mtl.MTLDataTypeUInt(),
                bits.length,
                Integer.BYTES,
                into -> into.asIntBuffer().put(bits));
    }

    /** A {@code long}, or a vector of them. */
    public static MetalConstantValue ofLongs(long... values) {
        return of(
                "long",
                Mtl.MTLDataTypeLong(),
                values.length,
                Long.BYTES,
                into -> into.asLongBuffer().put(values));
    }

    /** A {@code ulong} with these bits, or a vector of them. */
    public static MetalConstantValue ofUlongs(long... bits) {
        return of(
                "ulong",
                Mtl.MTLDataTypeULong(),
                bits.length,
                Long.BYTES,
                into -> into.asLongBuffer().put(bits));
    }

    /** A {@code half}, or a vector of them; values are rounded to the nearest half. */
    public static MetalConstantValue ofHalves(float... values) {
        return of("half", Mtl.MTLDataTypeHalf(), values.length, Short.BYTES, into -> {
            for (var value : values) {
                into.putShort(Float.floatToFloat16(value));
            }
        });
    }

    /** A {@code float}, or a vector of them. */
    public static MetalConstantValue ofFloats(float... values) {
        return of(
                "float",
                Mtl.MTLDataTypeFloat(),
                values.length,
                Float.BYTES,
                into -> into.asFloatBuffer().put(values));
    }

    /** The codes of a type's vectors follow that of its scalar; three components take the room of four. */
    private static MetalConstantValue of(
            String scalar, long scalarType, int count, int componentSize, Consumer<ByteBuffer> write) {
        if (count < 1 || count > MAX_COMPONENTS) {
            throw new IllegalArgumentException("number of components not in 1.." + MAX_COMPONENTS + ": " + count);
        }
        var bytes = new byte[componentSize * (count == 3 ? MAX_COMPONENTS : count)];
        write.accept(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
        return new MetalConstantValue(count == 1 ? scalar : scalar + count, scalarType + count - 1, bytes);
    }

    /** Metal's code of the type. */
    long dataType() {
        return dataType;
    }

    /** The value as it lies in memory; not to be written to. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetalConstantValue value
                && dataType == value.dataType
                && Arrays.equals(bytes, value.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(dataType) + Arrays.hashCode(bytes);
    }

    /** The MSL type and the bytes. */
    @Override
    public String toString() {
        return type + Arrays.toString(bytes);
    }
}
