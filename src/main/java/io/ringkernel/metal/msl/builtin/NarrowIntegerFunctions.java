package io.ringkernel.metal.msl.builtin;

/**
 * {@code metal_integer} on the 8- and 16-bit types where the result depends on the width (MSL specification, 6.3):
 * arguments and results are normalised ints. The type is the last word of a method's name, hence their number.
 */
public final class NarrowIntegerFunctions {

    private NarrowIntegerFunctions() {}

    public static int absChar(int x) {
        return (byte) Math.abs(x);
    }

    public static int addsatChar(int x, int y) {
        return Math.clamp(x + y, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    public static int subsatChar(int x, int y) {
        return Math.clamp(x - y, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    public static int clzChar(int x) {
        return Integer.numberOfLeadingZeros(x & 0xff) - 24;
    }

    public static int ctzChar(int x) {
        return Integer.numberOfTrailingZeros(x | 0x100);
    }

    public static int insertBitsChar(int base, int insert, int offset, int bits) {
        return (byte) IntegerFunctions.insertBits(base, insert, offset, bits);
    }

    public static int mulhiChar(int x, int y) {
        return x * y >> 8;
    }

    public static int madhiChar(int x, int y, int z) {
        return (byte) (mulhiChar(x, y) + z);
    }

    public static int madsatChar(int x, int y, int z) {
        return Math.clamp(x * y + z, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    public static int popcountChar(int x) {
        return Integer.bitCount(x & 0xff);
    }

    public static int reverseBitsChar(int x) {
        return Integer.reverse(x) >> 24;
    }

    public static int rotateChar(int x, int n) {
        return (byte) (x << (n & 7) | (x & 0xff) >>> (8 - n & 7));
    }

    public static int absUchar(int x) {
        return x;
    }

    public static int addsatUchar(int x, int y) {
        return Math.clamp(x + y, 0, 0xff);
    }

    public static int subsatUchar(int x, int y) {
        return Math.clamp(x - y, 0, 0xff);
    }

    public static int clzUchar(int x) {
        return Integer.numberOfLeadingZeros(x) - 24;
    }

    public static int ctzUchar(int x) {
        return Integer.numberOfTrailingZeros(x | 0x100);
    }

    public static int insertBitsUchar(int base, int insert, int offset, int bits) {
        return IntegerFunctions.insertBits(base, insert, offset, bits) & 0xff;
    }

    public static int mulhiUchar(int x, int y) {
        return x * y >>> 8;
    }

    public static int madhiUchar(int x, int y, int z) {
        return (mulhiUchar(x, y) + z) & 0xff;
    }

    public static int madsatUchar(int x, int y, int z) {
        return Math.clamp(x * y + z, 0, 0xff);
    }

    public static int popcountUchar(int x) {
        return Integer.bitCount(x);
    }

    public static int reverseBitsUchar(int x) {
        return Integer.reverse(x) >>> 24;
    }

    public static int rotateUchar(int x, int n) {
        return (x << (n & 7) | x >>> (8 - n & 7)) & 0xff;
    }

    public static int absShort(int x) {
        return (short) Math.abs(x);
    }

    public static int addsatShort(int x, int y) {
        return Math.clamp(x + y, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public static int subsatShort(int x, int y) {
        return Math.clamp(x - y, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public static int clzShort(int x) {
        return Integer.numberOfLeadingZeros(x & 0xffff) - 16;
    }

    public static int ctzShort(int x) {
        return Integer.numberOfTrailingZeros(x | 0x1_0000);
    }

    public static int insertBitsShort(int base, int insert, int offset, int bits) {
        return (short) IntegerFunctions.insertBits(base, insert, offset, bits);
    }

    public static int mulhiShort(int x, int y) {
        return x * y >> 16;
    }

    public static int madhiShort(int x, int y, int z) {
        return (short) (mulhiShort(x, y) + z);
    }

    public static int madsatShort(int x, int y, int z) {
        return Math.clamp(x * y + z, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public static int popcountShort(int x) {
        return Integer.bitCount(x & 0xffff);
    }

    public static int reverseBitsShort(int x) {
        return Integer.reverse(x) >> 16;
    }

    public static int rotateShort(int x, int n) {
        return (short) (x << (n & 15) | (x & 0xffff) >>> (16 - n & 15));
    }

    public static int absUshort(int x) {
        return x;
    }

    public static int addsatUshort(int x, int y) {
        return Math.clamp(x + y, 0, 0xffff);
    }

    public static int subsatUshort(int x, int y) {
        return Math.clamp(x - y, 0, 0xffff);
    }

    public static int clzUshort(int x) {
        return Integer.numberOfLeadingZeros(x) - 16;
    }

    public static int ctzUshort(int x) {
        return Integer.numberOfTrailingZeros(x | 0x1_0000);
    }

    public static int insertBitsUshort(int base, int insert, int offset, int bits) {
        return IntegerFunctions.insertBits(base, insert, offset, bits) & 0xffff;
    }

    public static int mulhiUshort(int x, int y) {
        return x * y >>> 16;
    }

    public static int madhiUshort(int x, int y, int z) {
        return (mulhiUshort(x, y) + z) & 0xffff;
    }

    public static int madsatUshort(int x, int y, int z) {
        return Math.clamp((long) x * y + z, 0, 0xffff);
    }

    public static int popcountUshort(int x) {
        return Integer.bitCount(x);
    }

    public static int reverseBitsUshort(int x) {
        return Integer.reverse(x) >>> 16;
    }

    public static int rotateUshort(int x, int n) {
        return (x << (n & 15) | x >>> (16 - n & 15)) & 0xffff;
    }
}
