package io.ringkernel.metal.msl.builtin;

/**
 * {@code metal_pack} (MSL specification, 6.13 and 8.7): normalised integers, the first component in the lowest bits.
 * Packing clamps, scales, rounds half to even; NaN packs as 0. The methods serve half as well: halves are exact floats,
 * and an unpacked component is rounded to half by the caller.
 *
 * <p>{@code unpack…(bits, index)} gives one component.
 */
public final class PackFunctions {

    private PackFunctions() {}

    private static int unorm(float x, int scale) {
        return x > 0 ? (int) Math.rint(Math.min(x, 1f) * (double) scale) : 0;
    }

    private static int snorm(float x, int scale) {
        return x == x ? (int) Math.rint(Math.max(-1f, Math.min(x, 1f)) * (double) scale) : 0;
    }

    private static float fromUnorm(int bits, int shift, int scale) {
        return (bits >>> shift & scale) / (float) scale;
    }

    /** {@code width} bits from {@code shift} on; the two smallest integers both mean -1. */
    private static float fromSnorm(int bits, int shift, int width) {
        var value = bits << 32 - width - shift >> 32 - width;
        return Math.max(-1f, value / (float) ((1 << width - 1) - 1));
    }

    public static int packUnorm4x8(float x, float y, float z, float w) {
        return unorm(x, 255) | unorm(y, 255) << 8 | unorm(z, 255) << 16 | unorm(w, 255) << 24;
    }

    public static int packSnorm4x8(float x, float y, float z, float w) {
        return snorm(x, 127) & 0xff | (snorm(y, 127) & 0xff) << 8 | (snorm(z, 127) & 0xff) << 16 | snorm(w, 127) << 24;
    }

    /** The first three components go through the sRGB curve, the fourth is linear. */
    public static int packSrgbUnorm4x8(float x, float y, float z, float w) {
        return srgb(x) | srgb(y) << 8 | srgb(z) << 16 | unorm(w, 255) << 24;
    }

    /** IEC 61966-2-1, as MSL specification 8.7.7 gives it. */
    private static int srgb(float linear) {
        if (!(linear > 0)) {
            return 0;
        }
        var c = Math.min(linear, 1.0);
        var encoded = c < 0.0031308 ? 12.92 * c : 1.055 * StrictMath.pow(c, 1 / 2.4) - 0.055;
        return (int) Math.rint(255 * encoded);
    }

    public static int packUnorm2x16(float x, float y) {
        return unorm(x, 65_535) | unorm(y, 65_535) << 16;
    }

    public static int packSnorm2x16(float x, float y) {
        return snorm(x, 32_767) & 0xffff | snorm(y, 32_767) << 16;
    }

    public static int packUnorm10a2(float x, float y, float z, float w) {
        return unorm(x, 1023) | unorm(y, 1023) << 10 | unorm(z, 1023) << 20 | unorm(w, 3) << 30;
    }

    public static int packSnorm10a2(float x, float y, float z, float w) {
        return snorm(x, 511) & 0x3ff
                | (snorm(y, 511) & 0x3ff) << 10
                | (snorm(z, 511) & 0x3ff) << 20
                | snorm(w, 1) << 30;
    }

    public static int packUnorm565(float x, float y, float z) {
        return unorm(x, 31) | unorm(y, 63) << 5 | unorm(z, 31) << 11;
    }

    public static float unpackUnorm4x8(int bits, int index) {
        return fromUnorm(bits, 8 * index, 255);
    }

    public static float unpackSnorm4x8(int bits, int index) {
        return fromSnorm(bits, 8 * index, 8);
    }

    public static float unpackUnorm4x8Srgb(int bits, int index) {
        if (index == 3) {
            return unpackUnorm4x8(bits, index);
        }
        var c = (bits >>> 8 * index & 0xff) / 255.0;
        return (float) (c <= 0.04045 ? c / 12.92 : StrictMath.pow((c + 0.055) / 1.055, 2.4));
    }

    public static float unpackUnorm2x16(int bits, int index) {
        return fromUnorm(bits, 16 * index, 65_535);
    }

    public static float unpackSnorm2x16(int bits, int index) {
        return fromSnorm(bits, 16 * index, 16);
    }

    public static float unpackUnorm10a2(int bits, int index) {
        return fromUnorm(bits, 10 * index, index == 3 ? 3 : 1023);
    }

    public static float unpackSnorm10a2(int bits, int index) {
        return fromSnorm(bits, 10 * index, index == 3 ? 2 : 10);
    }

    public static float unpackUnorm565(int bits, int index) {
        return switch (index) {
            case 0 -> fromUnorm(bits, 0, 31);
            case 1 -> fromUnorm(bits, 5, 63);
            default -> fromUnorm(bits, 11, 31);
        };
    }
}
