package io.ringkernel.metal.msl.builtin;

/**
 * {@code metal_math} on floats (MSL specification, 6.6), always to the accuracy of the precise variants (8.4).
 *
 * <p>Transcendental functions are evaluated in double and rounded once, which is within 0.51 units in the last place,
 * and gives the same bits on every machine.
 */
public final class MathFunctions {

    /** What {@code ilogb} gives for a zero. */
    public static final int FP_ILOGB0 = Integer.MIN_VALUE;

    /** What {@code ilogb} gives for a NaN. */
    public static final int FP_ILOGBNAN = Integer.MIN_VALUE;

    private static final float BELOW_ONE = 0x1.fffffep-1f;
    private static final float BELOW_ONE_HALF = 0x1.ffcp-1f;
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LOG2_10 = 3.321928094887362;
    private static final double LOG10_E = 0.4342944819032518;
    private static final boolean FMA_IS_FAST = fmaIsFast();

    private MathFunctions() {}

    public static float acos(float x) {
        return (float) StrictMath.acos(x);
    }

    public static float acosh(float x) {
        if (!(x >= 1)) {
            return Float.NaN;
        }
        var wide = (double) x;
        return (float) StrictMath.log(wide + Math.sqrt(wide * wide - 1));
    }

    public static float asin(float x) {
        return (float) StrictMath.asin(x);
    }

    public static float asinh(float x) {
        var wide = Math.abs((double) x);
        if (wide == Double.POSITIVE_INFINITY) {
            return x;
        }
        var square = wide * wide;
        return (float) Math.copySign(StrictMath.log1p(wide + square / (1 + Math.sqrt(1 + square))), x);
    }

    public static float atan(float x) {
        return (float) StrictMath.atan(x);
    }

    public static float atan2(float y, float x) {
        return (float) StrictMath.atan2(y, x);
    }

    public static float atanh(float x) {
        var wide = Math.abs((double) x);
        return (float) Math.copySign(0.5 * StrictMath.log1p(2 * wide / (1 - wide)), x);
    }

    public static float ceil(float x) {
        return (float) Math.ceil(x);
    }

    public static float copysign(float magnitude, float sign) {
        return Float.intBitsToFloat(
                Float.floatToRawIntBits(magnitude) & 0x7fff_ffff | Float.floatToRawIntBits(sign) & 0x8000_0000);
    }

    public static float cos(float x) {
        return (float) ElementaryFunctions.sine(x, 1);
    }

    public static float cosh(float x) {
        var power = ElementaryFunctions.exp2(x * LOG2_E);
        return (float) (0.5 * (power + 1 / power));
    }

    /** Quarter turns are taken off exactly, so that zeros (positive) and ones are exact. */
    public static float cospi(float x) {
        var turn = withinTurn(x);
        var quarters = Math.rint(2 * turn);
        var angle = Math.PI * (turn - quarters / 2);
        // Adding 0 makes a negative zero positive and changes nothing else.
        return (float) (ElementaryFunctions.quadrant(angle, (long) quarters + 1) + 0.0);
    }

    /** Half turns less the nearest number of whole turns, exactly: -1 to 1. */
    private static double withinTurn(float halfTurns) {
        return halfTurns - 2 * Math.rint(0.5 * halfTurns);
    }

    public static float divide(float x, float y) {
        return x / y;
    }

    public static float exp(float x) {
        return (float) ElementaryFunctions.exp2(x * LOG2_E);
    }

    public static float exp10(float x) {
        return (float) ElementaryFunctions.exp2(x * LOG2_10);
    }

    public static float exp2(float x) {
        return (float) ElementaryFunctions.exp2(x);
    }

    public static float fabs(float x) {
        return Math.abs(x);
    }

    public static float fdim(float x, float y) {
        return x <= y ? 0 : x - y;
    }

    public static float floor(float x) {
        return (float) Math.floor(x);
    }

    /** Without an instruction for it, {@link Math#fma(float, float, float)} goes through BigDecimal. */
    public static float fma(float x, float y, float z) {
        return FMA_IS_FAST ? Math.fma(x, y, z) : fmaByDouble(x, y, z);
    }

    /** The product of two floats is exact in double; the sum's error decides its last bit before the only rounding. */
    static float fmaByDouble(float x, float y, float z) {
        var product = (double) x * y;
        var sum = product + z;
        var shadow = sum - product;
        var error = (product - (sum - shadow)) + (z - shadow);
        var bits = Double.doubleToRawLongBits(sum);
        if (error != 0 && (bits & 1) == 0 && Math.abs(sum) <= Double.MAX_VALUE) {
            sum = Double.longBitsToDouble(bits + (error > 0 == sum > 0 ? 1 : -1));
        }
        return (float) sum;
    }

    /** The product of two halves is exact in double, and so is the sum wherever a rounding could hang on it. */
    public static float fmaHalf(float x, float y, float z) {
        return Half.round((double) x * y + z);
    }

    private static boolean fmaIsFast() {
        var best = Long.MAX_VALUE;
        for (int i = 1; i <= 8; i++) {
            var start = System.nanoTime();
            var value = Math.fma(i * 1.1f, 3.3f, 0.1f);
            best = Math.min(best, System.nanoTime() - start + (value == 0 ? 1 : 0));
        }
        // 0.2 ns with the instruction, interpreted perhaps 100; several thousand through a cold BigDecimal.
        return best < 1500;
    }

    public static float fmax(float x, float y) {
        return x >= y || y != y ? x : y;
    }

    public static float fmax3(float x, float y, float z) {
        return fmax(fmax(x, y), z);
    }

    public static float fmedian3(float x, float y, float z) {
        return fmax(fmin(x, y), fmin(fmax(x, y), z));
    }

    public static float fmin(float x, float y) {
        return x <= y || y != y ? x : y;
    }

    public static float fmin3(float x, float y, float z) {
        return fmin(fmin(x, y), z);
    }

    /** Exact, as Java's remainder is. */
    public static float fmod(float x, float y) {
        return x % y;
    }

    /** In [0, 1): a tiny negative x would round up to 1. */
    public static float fract(float x) {
        return Math.min(x - floor(x), BELOW_ONE);
    }

    public static float fractHalf(float x) {
        return Math.min(Half.round(x - floor(x)), BELOW_ONE_HALF);
    }

    /** In [0.5, 1) with the sign of x; zeros, infinities and NaN are themselves. */
    public static float frexpMantissa(float x) {
        return isZeroOrNotFinite(x) ? x : (float) Math.scalb((double) x, -1 - Math.getExponent((double) x));
    }

    /** 0 for zeros, infinities and NaN. */
    public static int frexpExponent(float x) {
        return isZeroOrNotFinite(x) ? 0 : 1 + Math.getExponent((double) x);
    }

    private static boolean isZeroOrNotFinite(float x) {
        return x == 0 || x - x != 0;
    }

    /** Denormals count as what they are; infinity gives the largest int. */
    public static int ilogb(float x) {
        if (x == 0) {
            return FP_ILOGB0;
        }
        if (x != x) {
            return FP_ILOGBNAN;
        }
        return Math.abs(x) <= Float.MAX_VALUE ? Math.getExponent((double) x) : Integer.MAX_VALUE;
    }

    public static float ldexp(float x, int exponent) {
        return Math.scalb(x, exponent);
    }

    public static float log(float x) {
        return (float) logarithm(x);
    }

    public static float log10(float x) {
        return (float) (logarithm(x) * LOG10_E);
    }

    public static float log2(float x) {
        return (float) (logarithm(x) * LOG2_E);
    }

    private static double logarithm(float x) {
        if (x > 0 && x <= Float.MAX_VALUE) {
            return ElementaryFunctions.log(x);
        }
        return x == 0 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
    }

    /** Infinities have the fraction zero; its sign is that of x. */
    public static float modfFraction(float x) {
        return Math.abs(x) == Float.POSITIVE_INFINITY ? copysign(0, x) : copysign(x - trunc(x), x);
    }

    public static float nextafter(float x, float y) {
        return Math.nextAfter(x, (double) y);
    }

    public static float nextafterHalf(float x, float y) {
        if (x != x || y != y) {
            return x + y;
        }
        if (x == y) {
            return y;
        }
        if (x == 0) {
            return copysign(0x1p-24f, y);
        }
        var away = x < y == x > 0;
        return Half.fromBits(Half.toBits(x) + (away ? 1 : -1));
    }

    /** By C's rules: 1 to any power, and -1 to an infinite one, is 1, where Java has NaN. */
    public static float pow(float x, float y) {
        if (x > 0 && x <= Float.MAX_VALUE && Math.abs(y) <= Float.MAX_VALUE) {
            return (float) ElementaryFunctions.exp2(y * LOG2_E * ElementaryFunctions.log(x));
        }
        if (x == 1 || x == -1 && Math.abs(y) == Float.POSITIVE_INFINITY) {
            return 1;
        }
        return (float) StrictMath.pow(x, y);
    }

    /** Defined as exp2(y * log2(x)): NaN for negative x and for the forms 0 to 0, infinity to 0, 1 to infinity. */
    public static float powr(float x, float y) {
        if (x > 0 && x <= Float.MAX_VALUE && Math.abs(y) <= Float.MAX_VALUE) {
            return (float) ElementaryFunctions.exp2(y * LOG2_E * ElementaryFunctions.log(x));
        }
        if (x < 0 || y == 0 && !(x > 0 && x <= Float.MAX_VALUE)) {
            return Float.NaN;
        }
        return (float) StrictMath.pow(Math.abs(x), y);
    }

    public static float rint(float x) {
        return (float) Math.rint(x);
    }

    /** Half away from zero: adding a half is exact in double. */
    public static float round(float x) {
        var sum = x + Math.copySign(0.5, x);
        return (float) (x < 0 ? Math.ceil(sum) : x > 0 ? Math.floor(sum) : x);
    }

    public static float rsqrt(float x) {
        return (float) (1 / Math.sqrt(x));
    }

    public static float sin(float x) {
        return (float) ElementaryFunctions.sine(x, 0);
    }

    public static float sinh(float x) {
        if (Math.abs(x) < 1) {
            return (float) ElementaryFunctions.smallSinh(x);
        }
        var power = ElementaryFunctions.exp2(x * LOG2_E);
        return (float) (0.5 * (power - 1 / power));
    }

    /** Quarter turns are taken off exactly; a zero has the sign of x. */
    public static float sinpi(float x) {
        var turn = withinTurn(x);
        var quarters = Math.rint(2 * turn);
        var angle = Math.PI * (turn - quarters / 2);
        var value = (float) ElementaryFunctions.quadrant(angle, (long) quarters);
        return value == 0 ? copysign(0, x) : value;
    }

    public static float sqrt(float x) {
        return (float) Math.sqrt(x);
    }

    public static float tan(float x) {
        return (float) ElementaryFunctions.tangent(x);
    }

    public static float tanh(float x) {
        if (Math.abs(x) < 0.5f) {
            var sinh = ElementaryFunctions.smallSinh(x);
            return (float) (sinh / Math.sqrt(1 + sinh * sinh));
        }
        return (float) (1 - 2 / (ElementaryFunctions.exp2(2 * LOG2_E * x) + 1));
    }

    /** {@link #sinpi} over {@link #cospi}: exact at eighths of a turn, infinite at quarters. */
    public static float tanpi(float x) {
        var turn = withinTurn(x);
        var quarters = Math.rint(2 * turn);
        var angle = Math.PI * (turn - quarters / 2);
        if (angle == 0) {
            return sinpi(x) / cospi(x);
        }
        return (float) ElementaryFunctions.tangentQuadrant(angle, (long) quarters);
    }

    public static float trunc(float x) {
        return (float) (x < 0 ? Math.ceil(x) : Math.floor(x));
    }
}
