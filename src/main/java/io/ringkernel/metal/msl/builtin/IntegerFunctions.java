package io.ringkernel.metal.msl.builtin;

/**
 * {@code metal_integer} on int and long, and on the unsigned types where the sign does not matter (MSL specification,
 * 6.3). Unless they say otherwise the methods wrap around. They are more than thirty because each exists for both
 * widths.
 */
public final class IntegerFunctions {

    private IntegerFunctions() {}

    /** The most negative value is its own magnitude. */
    public static int abs(int x) {
        return Math.abs(x);
    }

    /** The most negative value is its own magnitude. */
    public static long abs(long x) {
        return Math.abs(x);
    }

    /** Unsigned, so that it is exact. */
    public static int absdiff(int x, int y) {
        return x > y ? x - y : y - x;
    }

    /** Unsigned, so that it is exact. */
    public static long absdiff(long x, long y) {
        return x > y ? x - y : y - x;
    }

    public static int addsat(int x, int y) {
        var sum = x + y;
        return ((x ^ sum) & (y ^ sum)) < 0 ? x >> 31 ^ Integer.MAX_VALUE : sum;
    }

    public static long addsat(long x, long y) {
        var sum = x + y;
        return ((x ^ sum) & (y ^ sum)) < 0 ? x >> 63 ^ Long.MAX_VALUE : sum;
    }

    public static int subsat(int x, int y) {
        var difference = x - y;
        return ((x ^ y) & (x ^ difference)) < 0 ? x >> 31 ^ Integer.MAX_VALUE : difference;
    }

    public static long subsat(long x, long y) {
        var difference = x - y;
        return ((x ^ y) & (x ^ difference)) < 0 ? x >> 63 ^ Long.MAX_VALUE : difference;
    }

    public static int clamp(int x, int low, int high) {
        return Math.min(Math.max(x, low), high);
    }

    public static long clamp(long x, long low, long high) {
        return Math.min(Math.max(x, low), high);
    }

    public static int clz(int x) {
        return Integer.numberOfLeadingZeros(x);
    }

    public static long clz(long x) {
        return Long.numberOfLeadingZeros(x);
    }

    public static int ctz(int x) {
        return Integer.numberOfTrailingZeros(x);
    }

    public static long ctz(long x) {
        return Long.numberOfTrailingZeros(x);
    }

    /** Sign-extends the field; undefined if it reaches beyond the value. */
    public static int extractBits(int x, int offset, int bits) {
        return bits == 0 ? 0 : x << 32 - offset - bits >> 32 - bits;
    }

    /** Sign-extends the field; undefined if it reaches beyond the value. */
    public static long extractBits(long x, int offset, int bits) {
        return bits == 0 ? 0 : x << 64 - offset - bits >> 64 - bits;
    }

    public static int insertBits(int base, int insert, int offset, int bits) {
        var mask = bits == 0 ? 0 : -1 >>> 32 - bits << offset;
        return base & ~mask | insert << offset & mask;
    }

    public static long insertBits(long base, long insert, int offset, int bits) {
        var mask = bits == 0 ? 0 : -1L >>> 64 - bits << offset;
        return base & ~mask | insert << offset & mask;
    }

    /** Half the sum, rounded down, without overflow. */
    public static int hadd(int x, int y) {
        return (x & y) + ((x ^ y) >> 1);
    }

    /** Half the sum, rounded down, without overflow. */
    public static long hadd(long x, long y) {
        return (x & y) + ((x ^ y) >> 1);
    }

    /** Half the sum, rounded up, without overflow. */
    public static int rhadd(int x, int y) {
        return (x | y) - ((x ^ y) >> 1);
    }

    /** Half the sum, rounded up, without overflow. */
    public static long rhadd(long x, long y) {
        return (x | y) - ((x ^ y) >> 1);
    }

    public static int mad24(int x, int y, int z) {
        return x * y + z;
    }

    public static int mul24(int x, int y) {
        return x * y;
    }

    /** The upper half of the product. */
    public static int mulhi(int x, int y) {
        return (int) ((long) x * y >> 32);
    }

    /** The upper half of the product. */
    public static long mulhi(long x, long y) {
        return Math.multiplyHigh(x, y);
    }

    public static int madhi(int x, int y, int z) {
        return mulhi(x, y) + z;
    }

    public static long madhi(long x, long y, long z) {
        return mulhi(x, y) + z;
    }

    /** {@code x * y + z} of unlimited width, saturated. */
    public static int madsat(int x, int y, int z) {
        return Math.clamp((long) x * y + z, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** {@code x * y + z} of unlimited width, saturated. */
    public static long madsat(long x, long y, long z) {
        var product = x * y;
        var low = product + z;
        var carry = Long.compareUnsigned(low, product) < 0 ? 1 : 0;
        var high = Math.multiplyHigh(x, y) + (z >> 63) + carry;
        if (high == low >> 63) {
            return low;
        }
        return high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    public static int max(int x, int y) {
        return Math.max(x, y);
    }

    public static long max(long x, long y) {
        return Math.max(x, y);
    }

    public static int max3(int x, int y, int z) {
        return Math.max(Math.max(x, y), z);
    }

    public static long max3(long x, long y, long z) {
        return Math.max(Math.max(x, y), z);
    }

    public static int min(int x, int y) {
        return Math.min(x, y);
    }

    public static long min(long x, long y) {
        return Math.min(x, y);
    }

    public static int min3(int x, int y, int z) {
        return Math.min(Math.min(x, y), z);
    }

    public static long min3(long x, long y, long z) {
        return Math.min(Math.min(x, y), z);
    }

    public static int median3(int x, int y, int z) {
        return Math.max(Math.min(x, y), Math.min(Math.max(x, y), z));
    }

    public static long median3(long x, long y, long z) {
        return Math.max(Math.min(x, y), Math.min(Math.max(x, y), z));
    }

    public static int popcount(int x) {
        return Integer.bitCount(x);
    }

    public static long popcount(long x) {
        return Long.bitCount(x);
    }

    public static int reverseBits(int x) {
        return Integer.reverse(x);
    }

    public static long reverseBits(long x) {
        return Long.reverse(x);
    }

    public static int rotate(int x, int n) {
        return Integer.rotateLeft(x, n);
    }

    public static long rotate(long x, long n) {
        return Long.rotateLeft(x, (int) n);
    }
}
