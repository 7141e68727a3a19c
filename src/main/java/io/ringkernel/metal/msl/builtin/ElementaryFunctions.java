package io.ringkernel.metal.msl.builtin;

/**
 * Exponential, logarithm, sine and cosine of floats, in double, to well below a float's rounding error (relative
 * 2^-40). We chose Java's arithmetic alone because then results are the same bits on every machine, and a call can be
 * inlined; it costs what {@link Math} costs, or half of it.
 *
 * <p>Coefficients are those of the Taylor series; the ranges are small enough for them. Above 1.6 million, sines go
 * through {@link StrictMath}.
 */
final class ElementaryFunctions {

    /** Adding it leaves a double rounded to an integer, whose low bits are the sum's low bits. */
    private static final double ROUNDER = 0x1.8p52;

    private static final double LN_2 = 0.6931471805599453;
    private static final double SQRT_2 = 1.4142135623730951;
    private static final double TWO_OVER_PI = 0.6366197723675814;

    /** The first 33 bits of pi / 2, so that products with 20-bit integers are exact, and what remains. */
    private static final double HALF_PI_HIGH = 1.5707963267341256;

    private static final double HALF_PI_LOW = 6.077100506506192e-11;

    /** Above it the count of quarter turns has more than 20 bits. */
    private static final double REDUCIBLE = 1_600_000;

    private static final long SQRT_HALF_BITS = Double.doubleToRawLongBits(SQRT_2 / 2);

    private static final double E1 = 0.6931471805599453;
    private static final double E2 = 0.24022650695910072;
    private static final double E3 = 0.05550410866482158;
    private static final double E4 = 0.009618129107628477;
    private static final double E5 = 0.0013333558146428443;
    private static final double E6 = 0.0001540353039338161;
    private static final double E7 = 1.5252733804059841e-05;
    private static final double E8 = 1.321548679014431e-06;
    private static final double E9 = 1.01780860092397e-07;
    private static final double E10 = 7.054911620801123e-09;
    private static final double L1 = 2.0;
    private static final double L3 = 2.0 / 3;
    private static final double L5 = 2.0 / 5;
    private static final double L7 = 2.0 / 7;
    private static final double L9 = 2.0 / 9;
    private static final double L11 = 2.0 / 11;
    private static final double L13 = 2.0 / 13;
    private static final double L15 = 2.0 / 15;
    private static final double L17 = 2.0 / 17;
    private static final double S3 = -1.0 / 6;
    private static final double S5 = 1.0 / 120;
    private static final double S7 = -1.0 / 5_040;
    private static final double S9 = 1.0 / 362_880;
    private static final double S11 = -1.0 / 39_916_800;
    private static final double S13 = 1.0 / 6_227_020_800L;
    private static final double C2 = -1.0 / 2;
    private static final double C4 = 1.0 / 24;
    private static final double C6 = -1.0 / 720;
    private static final double C8 = 1.0 / 40_320;
    private static final double C10 = -1.0 / 3_628_800;
    private static final double C12 = 1.0 / 479_001_600;
    private static final double C14 = -1.0 / 87_178_291_200L;

    private ElementaryFunctions() {}

    /** 2 to the {@code x}, overflowing to infinity far beyond the range of float. */
    static double exp2(double x) {
        // A float's exponents end at 128 and -149; clamping keeps the exponent field from wrapping, and keeps NaN.
        var clamped = x < -400 ? -400 : x > 400 ? 400 : x;
        var shifted = clamped + ROUNDER;
        var r = clamped - (shifted - ROUNDER);
        var r2 = r * r;
        var r4 = r2 * r2;
        var low = 1 + r * E1 + r2 * (E2 + r * E3);
        var high = E4 + r * E5 + r2 * (E6 + r * E7) + r4 * (E8 + r * E9 + r2 * E10);
        var power = low + r4 * high;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(power) + (Double.doubleToRawLongBits(shifted) << 52));
    }

    /** The natural logarithm of a positive finite value. */
    static double log(double x) {
        var bits = Double.doubleToRawLongBits(x);
        // Counts binades from sqrt(1/2), so that values near 1 keep exponent 0 and cancel nothing.
        var exponent = bits - SQRT_HALF_BITS >> 52;
        var m = Double.longBitsToDouble(bits - (exponent << 52));
        var s = (m - 1) / (m + 1);
        var z = s * s;
        var z2 = z * z;
        var z4 = z2 * z2;
        var series = L1 + z * L3 + z2 * (L5 + z * L7) + z4 * (L9 + z * L11 + z2 * (L13 + z * L15) + z4 * L17);
        return exponent * LN_2 + s * series;
    }

    /** The sine of {@code x}, a float's value, moved by {@code quarters} quarter turns. */
    static double sine(double x, int quarters) {
        if (!(Math.abs(x) < REDUCIBLE)) {
            return (quarters & 1) == 0 ? StrictMath.sin(x) : StrictMath.cos(x);
        }
        var shifted = x * TWO_OVER_PI + ROUNDER;
        var turns = shifted - ROUNDER;
        var r = x - turns * HALF_PI_HIGH - turns * HALF_PI_LOW;
        return quadrant(r, Double.doubleToRawLongBits(shifted) + quarters);
    }

    /** The sine of {@code r + quarters * pi / 2}, {@code r} within an eighth turn; odd in r where quarters is even. */
    static double quadrant(double r, long quarters) {
        var z = r * r;
        var value = (quarters & 1) == 0 ? sineOf(r, z) : cosineOf(z);
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ (quarters & 2) << 62);
    }

    /** The tangent of a float's value. */
    static double tangent(double x) {
        if (!(Math.abs(x) < REDUCIBLE)) {
            return StrictMath.tan(x);
        }
        var shifted = x * TWO_OVER_PI + ROUNDER;
        var turns = shifted - ROUNDER;
        var r = x - turns * HALF_PI_HIGH - turns * HALF_PI_LOW;
        return tangentQuadrant(r, Double.doubleToRawLongBits(shifted));
    }

    /** The tangent of {@code r + quarters * pi / 2}, {@code r} within an eighth turn. */
    static double tangentQuadrant(double r, long quarters) {
        var z = r * r;
        return (quarters & 1) == 0 ? sineOf(r, z) / cosineOf(z) : -cosineOf(z) / sineOf(r, z);
    }

    private static double sineOf(double r, double z) {
        var z2 = z * z;
        // A product, so that a negative zero stays one.
        return r * (1 + z * (S3 + z * S5 + z2 * (S7 + z * S9) + z2 * z2 * (S11 + z * S13)));
    }

    private static double cosineOf(double z) {
        var z2 = z * z;
        return 1 + z * (C2 + z * C4 + z2 * (C6 + z * C8) + z2 * z2 * (C10 + z * C12 + z2 * C14));
    }

    /** The hyperbolic sine for magnitudes up to 1, where exponentials would cancel. */
    static double smallSinh(double x) {
        var z = x * x;
        var z2 = z * z;
        return x * (1 + z * (-S3 + z * S5 + z2 * (-S7 + z * S9) + z2 * z2 * (-S11 + z * S13)));
    }
}
