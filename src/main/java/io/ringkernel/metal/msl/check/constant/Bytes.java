package io.ringkernel.metal.msl.check.constant;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of constant scalars and vectors, for {@code as_type}. */
final class Bytes {
    private Bytes() {}

    /** Null for types without a plain byte image. */
    static ByteBuffer of(Object value, Type type) {
        var bytes = ByteBuffer.allocate(type.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case Type.Scalar(var kind) -> put(bytes, 0, kind, (Long) value);
            case Type.Vector vector -> {
                for (int i = 0; i < vector.count(); i++) {
                    put(bytes, i * vector.element().byteSize(), vector.element(), (Long) ((Object[]) value)[i]);
                }
            }
            default -> {
                return null;
            }
        }
        return bytes;
    }

    static Object read(ByteBuffer bytes, Type type) {
        return switch (type) {
            case Type.Scalar(var kind) -> get(bytes, 0, kind);
            case Type.Vector vector -> {
                var parts = new Object[vector.count()];
                for (int i = 0; i < parts.length; i++) {
                    parts[i] = get(bytes, i * vector.element().byteSize(), vector.element());
                }
                yield parts;
            }
            default -> throw new IllegalArgumentException("no bytes to read as " + type);
        };
    }

    private static void put(ByteBuffer bytes, int offset, ScalarType kind, long bits) {
        switch (kind) {
            case HALF -> bytes.putShort(offset, Float.floatToFloat16(ConstantArithmetic.real(bits)));
            case BFLOAT -> bytes.putShort(offset, (short) (bits >>> 16));
            case FLOAT -> bytes.putInt(offset, (int) bits);
            default -> {
                for (int i = 0; i < kind.byteSize(); i++) {
                    bytes.put(offset + i, (byte) (bits >>> (8 * i)));
                }
            }
        }
    }

    private static long get(ByteBuffer bytes, int offset, ScalarType kind) {
        return switch (kind) {
            case HALF -> ConstantArithmetic.bits(Float.float16ToFloat(bytes.getShort(offset)));
            case BFLOAT -> bytes.getShort(offset) << 16;
            case FLOAT -> bytes.getInt(offset);
            default -> {
                long bits = 0;
                for (int i = 0; i < kind.byteSize(); i++) {
                    bits |= (bytes.get(offset + i) & 0xffL) << (8 * i);
                }
                yield ConstantArithmetic.narrow(kind, bits);
            }
        };
    }
}
