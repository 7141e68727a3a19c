package io.ringkernel.metal.msl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** An array of MSL scalars as text and as bytes. */
record ScalarData(String type, byte[] bytes) {

    /** {@code values} separated by blanks; one value fills the array. */
    static ScalarData of(String type, int count, String values) {
        var words = values.strip().split("\\s+");
        if (words.length != 1 && words.length != count) {
            throw new IllegalArgumentException("not 1 or %d values: %s".formatted(count, values));
        }
        var buffer = ByteBuffer.allocate(count * size(type)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            put(buffer, type, words[words.length == 1 ? 0 : i]);
        }
        return new ScalarData(type, buffer.array());
    }

    private static int size(String type) {
        return switch (type) {
            case "bool", "char", "uchar" -> 1;
            case "short", "ushort", "half" -> 2;
            case "int", "uint", "float" -> 4;
            case "long", "ulong" -> 8;
            default -> throw new IllegalArgumentException("not a scalar type: " + type);
        };
    }

    private static void put(ByteBuffer buffer, String type, String word) {
        switch (type) {
            case "float" -> buffer.putFloat(real(word));
            case "half" -> buffer.putShort(Float.floatToFloat16(real(word)));
            case "bool" -> buffer.put((byte) (Boolean.parseBoolean(word) || word.equals("1") ? 1 : 0));
            default -> {
                var value = integer(word);
                switch (size(type)) {
                    case 1 -> buffer.put(value.byteValue());
                    case 2 -> buffer.putShort(value.shortValue());
                    case 4 -> buffer.putInt(value.intValue());
                    default -> buffer.putLong(value.longValue());
                }
            }
        }
    }

    private static float real(String word) {
        return switch (word) {
            case "inf" -> Float.POSITIVE_INFINITY;
            case "-inf" -> Float.NEGATIVE_INFINITY;
            case "nan" -> Float.NaN;
            default -> Float.parseFloat(word);
        };
    }

    private static BigInteger integer(String word) {
        return word.startsWith("0x") ? new BigInteger(word.substring(2), 16) : new BigInteger(word);
    }

    MemorySegment in(Arena arena) {
        var segment = arena.allocate(bytes.length, 64);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    /** The first element that differs; NaNs are equal. */
    Optional<String> mismatch(MemorySegment actual) {
        var found = actual.asSlice(0, bytes.length).toArray(ValueLayout.JAVA_BYTE);
        if (Arrays.equals(found, bytes)) {
            return Optional.empty();
        }
        var expectedText = new ScalarData(type, bytes).text();
        var foundText = new ScalarData(type, found).text();
        return expectedText.equals(foundText)
                ? Optional.empty()
                : Optional.of("expected " + expectedText + " but was " + foundText);
    }

    private String text() {
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var text = new StringBuilder("[");
        while (buffer.hasRemaining()) {
            text.append(text.length() > 1 ? " " : "");
            switch (type) {
                case "float" -> text.append(buffer.getFloat());
                case "half" -> text.append(Float.float16ToFloat(buffer.getShort()));
                case "bool", "char" -> text.append(buffer.get());
                case "uchar" -> text.append(buffer.get() & 0xff);
                case "short" -> text.append(buffer.getShort());
                case "ushort" -> text.append(buffer.getShort() & 0xffff);
                case "int" -> text.append(buffer.getInt());
                case "uint" -> text.append(Integer.toUnsignedString(buffer.getInt()));
                case "long" -> text.append(buffer.getLong());
                default -> text.append(Long.toUnsignedString(buffer.getLong()));
            }
        }
        return text.append(']').toString();
    }
}
