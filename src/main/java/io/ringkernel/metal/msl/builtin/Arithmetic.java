package io.ringkernel.metal.msl.builtin;

/**
 * Operators and conversions where Java's differ from MSL's: none traps, every result is defined. Values are carried as
 * {@link ScalarType} says; {@code …Unsigned} takes or gives uint as int, ulong as long.
 *
 * <p>Where MSL leaves the value open (a zero divisor, MIN / -1, a float out of range) the result is the same on every
 * machine: a quotient or remainder by zero is 0, a conversion saturates. NaN converts to 0 (MSL specification, 2.21 and
 * 8.6).
 */
public final class Arithmetic {

    private static final float TWO_TO_31 = 0x1p31f;
    private static final float TWO_TO_63 = 0x1p63f;

    private Arithmetic() {}

    public static int divide(int x, int y) {
        return y == 0 ? 0 : x / y;
    }

    public static int divideUnsigned(int x, int y) {
        return y == 0 ? 0 : Integer.divideUnsigned(x, y);
    }

    public static int remainder(int x, int y) {
        return y == 0 ? 0 : x % y;
    }

    public static int remainderUnsigned(int x, int y) {
        return y == 0 ? 0 : Integer.remainderUnsigned(x, y);
    }

    public static long divide(long x, long y) {
        return y == 0 ? 0 : x / y;
    }

    public static long divideUnsigned(long x, long y) {
        return y == 0 ? 0 : Long.divideUnsigned(x, y);
    }

    public static long remainder(long x, long y) {
        return y == 0 ? 0 : x % y;
    }

    public static long remainderUnsigned(long x, long y) {
        return y == 0 ? 0 : Long.remainderUnsigned(x, y);
    }

    /** A component of 8 bits: counts are taken modulo 8. The caller narrows the result. */
    public static int shiftLeft8(int x, int count) {
        return x << (count & 7);
    }

    /** A component of 8 bits, signed or not as it is extended: counts are taken modulo 8. */
    public static int shiftRight8(int x, int count) {
        return x >> (count & 7);
    }

    /** A component of 16 bits: counts are taken modulo 16. The caller narrows the result. */
    public static int shiftLeft16(int x, int count) {
        return x << (count & 15);
    }

    /** A component of 16 bits, signed or not as it is extended: counts are taken modulo 16. */
    public static int shiftRight16(int x, int count) {
        return x >> (count & 15);
    }

    public static int toBool(int x) {
        return x != 0 ? 1 : 0;
    }

    public static int toBool(long x) {
        return x != 0 ? 1 : 0;
    }

    /** NaN is true, as in C++. */
    public static int toBool(float x) {
        return x != 0 ? 1 : 0;
    }

    public static int toChar(float x) {
        return Math.clamp((int) x, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    public static int toUchar(float x) {
        return Math.clamp((int) x, 0, 0xff);
    }

    public static int toShort(float x) {
        return Math.clamp((int) x, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public static int toUshort(float x) {
        return Math.clamp((int) x, 0, 0xffff);
    }

    public static int toInt(float x) {
        return (int) x;
    }

    public static int toUint(float x) {
        return x < TWO_TO_31 ? Math.max((int) x, 0) : x < 2 * TWO_TO_31 ? (int) (long) x : x == x ? -1 : 0;
    }

    public static long toLong(float x) {
        return (long) x;
    }

    public static long toUlong(float x) {
        if (x < TWO_TO_63) {
            return Math.max((long) x, 0);
        }
        // Between 2^63 and 2^64 floats are multiples of 2^40: halving is exact.
        return x < 2 * TWO_TO_63 ? (long) (x / 2) << 1 : x == x ? -1 : 0;
    }

    /** From uint. */
    public static long toLongUnsigned(int x) {
        return x & 0xffff_ffffL;
    }

    public static float toFloat(int x) {
        return x;
    }

    /** From uint, in one rounding. */
    public static float toFloatUnsigned(int x) {
        return x & 0xffff_ffffL;
    }

    public static float toFloat(long x) {
        return x;
    }

    /** From ulong, in one rounding. */
    public static float toFloatUnsigned(long x) {
        // Halving with the lost bit kept sticky rounds as the whole value does.
        return x >= 0 ? x : (float) (x >>> 1 | x & 1) * 2;
    }

    public static float toHalf(float x) {
        return Half.round(x);
    }

    /**
     * From any integer but ulong. Integers that a float cannot hold are beyond the largest half, so the first rounding
     * does no harm.
     */
    public static float toHalf(long x) {
        return Half.round((float) x);
    }

    /** From ulong. */
    public static float toHalfUnsigned(long x) {
        return Half.round(toFloatUnsigned(x));
    }

    public static float toBfloat(float x) {
        return Half.roundBfloat(x);
    }

    /** From any integer but ulong, in one rounding. */
    public static float toBfloat(long x) {
        return x < 0 ? -toBfloatUnsigned(-x) : toBfloatUnsigned(x);
    }

    /** From ulong, in one rounding: 24 bits are kept, the last one sticky. */
    public static float toBfloatUnsigned(long x) {
        var shift = Math.max(0, 40 - Long.numberOfLeadingZeros(x));
        var sticky = (x & (1L << shift) - 1) != 0 ? 1 : 0;
        return Half.roundBfloat(Math.scalb((float) (x >>> shift | sticky), shift));
    }
}
