package io.ringkernel.metal.msl.texture.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.regex.Pattern;

/**
 * Texels made of bit fields. No field crosses a unit, which is the texel or, of larger ones, 32 bits:
 *
 * <pre>
 *   b5g6r5      bit 15 [ r r r r r | g g g g g g | b b b b b ] bit 0        unit: 2 bytes
 *   r32g32      [ g: unit 1 ][ r: unit 0 ]                                  unit: 4 bytes
 * </pre>
 */
class FieldCodec extends TexelCodec {
    private static final int CHANNELS = 4;
    private static final int LARGEST_UNIT = 4;
    private static final int ALPHA = 3;
    private static final String NAMES = "rgba";
    private static final Pattern FIELD = Pattern.compile("([rgbax])(\\d+)");

    /** Where one channel is; no bits when it does not exist. */
    private record Field(Conversion conversion, int unitOffset, int shift, int bits) {
        private static final Field NONE = new Field(Conversion.UINT, 0, 0, 0);

        private int code(int unit) {
            return unit >>> shift & Conversion.mask(bits);
        }
    }

    private final int unitBytes;
    private final Field[] fields;

    private FieldCodec(int byteSize, Field[] fields) {
        super(byteSize, present(fields));
        this.unitBytes = Math.min(byteSize, LARGEST_UNIT);
        this.fields = fields;
    }

    /** As {@link #of}, for a subclass. */
    FieldCodec(FieldCodec other) {
        this(other.byteSize(), other.fields);
    }

    private static int present(Field[] fields) {
        int present = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            present |= fields[channel].bits == 0 ? 0 : 1 << channel;
        }
        return present;
    }

    /**
     * The codec of a layout such as {@code b5g6r5}: names and widths from the least significant bit on, x for bits
     * without meaning. The alpha of an sRGB format is linear.
     */
    static FieldCodec of(String layout, Conversion conversion) {
        var parts = FIELD.matcher(layout).results().toList();
        int total =
                parts.stream().mapToInt(part -> Integer.parseInt(part.group(2))).sum();
        int unitBits = Math.min(total / Byte.SIZE, LARGEST_UNIT) * Byte.SIZE;
        var fields = new Field[] {Field.NONE, Field.NONE, Field.NONE, Field.NONE};
        int position = 0;
        for (var part : parts) {
            int bits = Integer.parseInt(part.group(2));
            int channel = NAMES.indexOf(part.group(1));
            if (channel >= 0) {
                int unit = position / unitBits;
                boolean linear = conversion == Conversion.SRGB && channel == ALPHA;
                fields[channel] = new Field(
                        linear ? Conversion.UNORM : conversion,
                        unit * unitBits / Byte.SIZE,
                        position - unit * unitBits,
                        bits);
            }
            position += bits;
        }
        return new FieldCodec(total / Byte.SIZE, fields);
    }

    /** Where a channel begins, in bytes; for a subclass whose channels are whole bytes. */
    final int byteOffset(int channel) {
        return fields[channel].unitOffset + fields[channel].shift / Byte.SIZE;
    }

    @Override
    public float channel(MemorySegment memory, long at, int channel) {
        var field = fields[channel];
        if (field.bits == 0) {
            return absent(channel);
        }
        return field.conversion.decode(field.code(unit(memory, at + field.unitOffset)), field.bits);
    }

    @Override
    public int intChannel(MemorySegment memory, long at, int channel) {
        var field = fields[channel];
        if (field.bits == 0) {
            return absent(channel);
        }
        return field.conversion.decodeInt(field.code(unit(memory, at + field.unitOffset)), field.bits);
    }

    @Override
    public void write(MemorySegment memory, long at, float[] color) {
        for (int offset = 0; offset < byteSize(); offset += unitBytes) {
            int unit = 0;
            for (int channel = 0; channel < CHANNELS; channel++) {
                var field = fields[channel];
                if (field.bits != 0 && field.unitOffset == offset) {
                    unit |= field.conversion.encode(color[channel], field.bits) << field.shift;
                }
            }
            setUnit(memory, at + offset, unit);
        }
    }

    @Override
    public void write(MemorySegment memory, long at, int[] color) {
        for (int offset = 0; offset < byteSize(); offset += unitBytes) {
            int unit = 0;
            for (int channel = 0; channel < CHANNELS; channel++) {
                var field = fields[channel];
                if (field.bits != 0 && field.unitOffset == offset) {
                    unit |= field.conversion.encodeInt(color[channel], field.bits) << field.shift;
                }
            }
            setUnit(memory, at + offset, unit);
        }
    }

    private int unit(MemorySegment memory, long at) {
        return switch (unitBytes) {
            case 1 -> memory.get(ValueLayout.JAVA_BYTE, at);
            case 2 -> memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
            default -> memory.get(ValueLayout.JAVA_INT_UNALIGNED, at);
        };
    }

    private void setUnit(MemorySegment memory, long at, int unit) {
        switch (unitBytes) {
            case 1 -> memory.set(ValueLayout.JAVA_BYTE, at, (byte) unit);
            case 2 -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) unit);
            default -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, unit);
        }
    }
}
