package io.ringkernel.metal.msl.builtin;

/**
 * {@code metal_integer} on uint and ulong, carried as int and long, where the sign matters (MSL specification, 6.3).
 * Unless they say otherwise the methods wrap around. They are more than thirty because each exists for both widths.
 */
public final class UnsignedIntegerFunctions {

    private UnsignedIntegerFunctions() {}

    public static int abs(int x) {
        return x;
    }

    public static long abs(long x) {
        return x;
    }

    public static int absdiff(int x, int y) {
        return Integer.compareUnsigned(x, y) > 0 ? x - y : y - x;
    }

    public static long absdiff(long x, long y) {
        return Long.compareUnsigned(x, y) > 0 ? x - y : y - x;
    }

    public static int addsat(int x, int y) {
        var sum = x + y;
        return Integer.compareUnsigned(sum, x) < 0 ? -1 : sum;
    }

    public static long addsat(long x, long y) {
        var sum = x + y;
        return Long.compareUnsigned(sum, x) < 0 ? -1L : sum;
    }

    public static int subsat(int x, int y) {
        return Integer.compareUnsigned(x, y) > 0 ? x - y : 0;
    }

    public static long subsat(long x, long y) {
        return Long.compareUnsigned(x, y) > 0 ? x - y : 0;
    }

    public static int clamp(int x, int low, int high) {
        return min(max(x, low), high);
    }

    public static long clamp(long x, long low, long high) {
        return min(max(x, low), high);
    }

    /** Undefined if the field reaches beyond the value. */
    public static int extractBits(int x, int offset, int bits) {
        return bits == 0 ? 0 : x << 32 - offset - bits >>> 32 - bits;
    }

    /** Undefined if the field reaches beyond the value. */
    public static long extractBits(long x, int offset, int bits) {
        return bits == 0 ? 0 : x << 64 - offset - bits >>> 64 - bits;
    }

    /** Half the sum, rounded down, without overflow. */
    public static int hadd(int x, int y) {
        return (x & y) + ((x ^ y) >>> 1);
    }

    /** Half the sum, rounded down, without overflow. */
    public static long hadd(long x, long y) {
        return (x & y) + ((x ^ y) >>> 1);
    }

    /** Half the sum, rounded up, without overflow. */
    public static int rhadd(int x, int y) {
        return (x | y) - ((x ^ y) >>> 1);
    }

    /** Half the sum, rounded up, without overflow. */
    public static long rhadd(long x, long y) {
        return (x | y) - ((x ^ y) >>> 1);
    }

    /** The upper half of the product. */
    public static int mulhi(int x, int y) {
        return (int) (Integer.toUnsignedLong(x) * Integer.toUnsignedLong(y) >>> 32);
    }

    /** The upper half of the product. */
    public static long mulhi(long x, long y) {
        return Math.unsignedMultiplyHigh(x, y);
    }

    public static int madhi(int x, int y, int z) {
        return mulhi(x, y) + z;
    }

    public static long madhi(long x, long y, long z) {
        return mulhi(x, y) + z;
    }

    /** {@code x * y + z} of unlimited width, saturated. */
    public static int madsat(int x, int y, int z) {
        // The largest value still fits into 64 bits.
        var wide = Integer.toUnsignedLong(x) * Integer.toUnsignedLong(y) + Integer.toUnsignedLong(z);
        return wide >>> 32 == 0 ? (int) wide : -1;
    }

    /** {@code x * y + z} of unlimited width, saturated. */
    public static long madsat(long x, long y, long z) {
        var product = x * y;
        var low = product + z;
        return Math.unsignedMultiplyHigh(x, y) == 0 && Long.compareUnsigned(low, product) >= 0 ? low : -1L;
    }

    public static int max(int x, int y) {
        return Integer.compareUnsigned(x, y) > 0 ? x : y;
    }

    public static long max(long x, long y) {
        return Long.compareUnsigned(x, y) > 0 ? x : y;
    }

    public static int max3(int x, int y, int z) {
        return max(max(x, y), z);
    }

    public static long max3(long x, long y, long z) {
        return max(max(x, y), z);
    }

    public static int min(int x, int y) {
        return Integer.compareUnsigned(x, y) < 0 ? x : y;
    }

    public static long min(long x, long y) {
        return Long.compareUnsigned(x, y) < 0 ? x : y;
    }

    public static int min3(int x, int y, int z) {
        return min(min(x, y), z);
    }

    public static long min3(long x, long y, long z) {
        return min(min(x, y), z);
    }

    public static int median3(int x, int y, int z) {
        return max(min(x, y), min(max(x, y), z));
    }

    public static long median3(long x, long y, long z) {
        return max(min(x, y), min(max(x, y), z));
    }
}
