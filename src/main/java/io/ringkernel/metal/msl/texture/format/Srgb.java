package io.ringkernel.metal.msl.texture.format;

/** sRGB's transfer curve (MSL specification, section 8.7.7). */
final class Srgb {
    private static final int CODES = 256;
    private static final float[] DECODED = new float[CODES];

    static {
        for (int code = 0; code < CODES; code++) {
            DECODED[code] = (float) toLinear(code / 255.0);
        }
    }

    private Srgb() {}

    static float decode(int code) {
        return DECODED[code];
    }

    /** Rounds half up, unlike other normalised formats. */
    static int encode(float value) {
        double linear = Float.isNaN(value) ? 0 : Math.clamp(value, 0.0, 1.0);
        return (int) Math.floor(fromLinear(linear) * 255 + 0.5);
    }

    static double toLinear(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    static double fromLinear(double value) {
        return value < 0.0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
    }
}
