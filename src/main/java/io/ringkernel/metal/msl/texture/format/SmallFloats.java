package io.ringkernel.metal.msl.texture.format;

/** Floats of fewer than 16 bits (MSL specification, sections 8.7.4 and 8.7.5). */
final class SmallFloats {
    private static final int BIAS = 15;
    private static final int INFINITE_EXPONENT = 31;
    private static final int SHARED_MANTISSA = 9;
    private static final float SHARED_MAXIMUM = 65_408;

    private SmallFloats() {}

    /** A float without a sign, with 5 bits of exponent: to nearest, ties to even; what is negative becomes 0. */
    static int encode(float value, int mantissaBits) {
        int infinity = INFINITE_EXPONENT << mantissaBits;
        if (Float.isNaN(value)) {
            return infinity | 1 << mantissaBits - 1;
        }
        if (!(value > 0)) {
            return 0;
        }
        // Denormals share the exponent of the smallest normals; a mantissa that overflows carries into the exponent.
        int exponent = Math.max(Math.getExponent(value), 1 - BIAS);
        if (exponent > BIAS) {
            return infinity;
        }
        long scaled = (long) Math.rint(Math.scalb((double) value, mantissaBits - exponent));
        long code = scaled + ((long) (exponent + BIAS - 1) << mantissaBits);
        return (int) Math.min(code, infinity);
    }

    /** Three mantissas of 9 bits and their exponent of 5 bits on top. */
    static int encodeShared(float red, float green, float blue) {
        float r = clampShared(red);
        float g = clampShared(green);
        float b = clampShared(blue);
        float largest = Math.max(r, Math.max(g, b));
        int exponent = Math.max(-BIAS - 1, largest == 0 ? -BIAS - 1 : Math.getExponent(largest)) + BIAS + 1;
        if (mantissa(largest, exponent) == 1 << SHARED_MANTISSA) {
            exponent++;
        }
        return mantissa(r, exponent)
                | mantissa(g, exponent) << SHARED_MANTISSA
                | mantissa(b, exponent) << 2 * SHARED_MANTISSA
                | exponent << 3 * SHARED_MANTISSA;
    }

    static float decodeShared(int code, int channel) {
        int mantissa = code >>> channel * SHARED_MANTISSA & 0x1ff;
        return Math.scalb((float) mantissa, (code >>> 3 * SHARED_MANTISSA) - BIAS - SHARED_MANTISSA);
    }

    private static float clampShared(float value) {
        return value > 0 ? Math.min(value, SHARED_MAXIMUM) : 0;
    }

    private static int mantissa(float value, int exponent) {
        return (int) Math.floor(Math.scalb((double) value, BIAS + SHARED_MANTISSA - exponent) + 0.5);
    }
}
