package io.ringkernel.metal.msl.builtin;

/**
 * The 16-bit floating types, half (IEEE 754 binary16) and bfloat (a float's upper half), as floats that they represent
 * exactly and as raw bits. Rounding is to nearest, ties to even; denormals are kept (MSL specification, 8.6).
 */
public final class Half {

    private Half() {}

    /** The half with these low 16 bits. */
    public static float fromBits(int bits) {
        return Float.float16ToFloat((short) bits);
    }

    /** The bits of the nearest half, 0 to 0xffff. */
    public static int toBits(float value) {
        return Float.floatToFloat16(value) & 0xffff;
    }

    /** The nearest half. */
    public static float round(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value));
    }

    /** The nearest half, in one rounding. */
    public static float round(double value) {
        return round(roundToOdd(value));
    }

    /** The bfloat with these low 16 bits. */
    public static float bfloatFromBits(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The bits of the nearest bfloat, 0 to 0xffff. */
    public static int bfloatToBits(float value) {
        var bits = Float.floatToRawIntBits(value);
        if (value != value) {
            // Adding to a NaN's payload could carry it into infinity.
            return (bits | 0x0040_0000) >>> 16;
        }
        return bits + 0x7fff + (bits >>> 16 & 1) >>> 16;
    }

    /** The nearest bfloat. */
    public static float roundBfloat(float value) {
        return Float.intBitsToFloat(bfloatToBits(value) << 16);
    }

    /** The nearest bfloat, in one rounding. */
    public static float roundBfloat(double value) {
        return roundBfloat(roundToOdd(value));
    }

    /**
     * The float towards zero, with its last bit set if anything was lost: rounding that to a format with at least two
     * bits less is rounding the double (S. Boldo and G. Melquiond, "Emulation of FMA and correctly rounded sums",
     * 2008).
     */
    static float roundToOdd(double value) {
        var nearest = (float) value;
        if (nearest == value || value != value) {
            return nearest;
        }
        var bits = Float.floatToRawIntBits(nearest);
        if (Math.abs((double) nearest) > Math.abs(value)) {
            bits--;
        }
        return Float.intBitsToFloat(bits | 1);
    }
}
