package io.ringkernel.metal.msl.run;

/**
 * MSL's arithmetic where it differs from a JVM instruction (MSL specification, sections 2.1 and 8.6). A division by
 * zero gives 0 and a remainder by zero 0: the specification leaves the value open and allows no trap.
 */
public final class Numbers {

    private Numbers() {}

    public static int divide(int n, int d) {
        return d == 0 ? 0 : n / d;
    }

    public static int remainder(int n, int d) {
        return d == 0 ? 0 : n % d;
    }

    public static int divideUnsigned(int n, int d) {
        return d == 0 ? 0 : Integer.divideUnsigned(n, d);
    }

    public static int remainderUnsigned(int n, int d) {
        return d == 0 ? 0 : Integer.remainderUnsigned(n, d);
    }

    public static long divide(long n, long d) {
        return d == 0 ? 0 : n / d;
    }

    public static long remainder(long n, long d) {
        return d == 0 ? 0 : n % d;
    }

    public static long divideUnsigned(long n, long d) {
        return d == 0 ? 0 : Long.divideUnsigned(n, d);
    }

    public static long remainderUnsigned(long n, long d) {
        return d == 0 ? 0 : Long.remainderUnsigned(n, d);
    }

    /** The nearest float to an unsigned int. */
    public static float unsignedToFloat(int value) {
        return value & 0xffff_ffffL;
    }

    /** The nearest float to an unsigned long. */
    public static float unsignedToFloat(long value) {
        if (value >= 0) {
            return value;
        }
        // Halved with the lost bit kept, so that rounding sees it.
        return (float) (value >>> 1 | value & 1) * 2f;
    }

    /** Truncates; saturates at 0 and 2^32-1; NaN gives 0. */
    public static int toUnsignedInt(float value) {
        return value >= 0x1p32f ? -1 : (int) Math.max(0L, (long) value);
    }

    /** Truncates; saturates at 0 and 2^64-1; NaN gives 0. */
    public static long toUnsignedLong(float value) {
        if (value >= 0x1p63f) {
            return value >= 0x1p64f ? -1L : (long) (value - 0x1p63f) + Long.MIN_VALUE;
        }
        return Math.max(0L, (long) value);
    }

    public static int clampToByte(int value) {
        return Math.clamp(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    public static int clampToUnsignedByte(int value) {
        return Math.clamp(value, 0, 0xff);
    }

    public static int clampToShort(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public static int clampToUnsignedShort(int value) {
        return Math.clamp(value, 0, 0xffff);
    }

    /**
     * The signed bound up to which a loop {@code i < n; i += step} over unsigned ints may test its counter as signed,
     * entered with {@code i < n}: so that the JIT compiler sees a counted loop. The loop tests unsigned again after it.
     */
    public static int signedLimit(int i, int n, int step) {
        if (i < 0) {
            return n;
        }
        var last = Integer.MAX_VALUE - step;
        if (i > last) {
            return Integer.MIN_VALUE;
        }
        return n < 0 ? last + 1 : Math.min(n, last + 1);
    }
}
