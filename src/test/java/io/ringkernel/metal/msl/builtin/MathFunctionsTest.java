package io.ringkernel.metal.msl.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The functions of metal_math that are exact or correctly rounded; {@link TranscendentalAccuracyTest} has the others.
 */
final class MathFunctionsTest {

    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;
    private static final List<Float> EDGES = List.of(
            0f,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MIN_NORMAL,
            0.49999997f,
            0.5f,
            -0.5f,
            1f,
            -1f,
            1.5f,
            2.5f,
            -2.5f,
            8_388_607.5f,
            -8_388_607.5f,
            8_388_608f,
            1e20f,
            -1e20f,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            INFINITY,
            -INFINITY,
            NAN);

    /** Equal bits, any NaN being equal to any other. */
    private static void assertSame(float actual, float expected, String what, Object... arguments) {
        if (Float.floatToIntBits(actual) != Float.floatToIntBits(expected)) {
            assertThat(Float.toHexString(actual))
                    .as("%s%s", what, List.of(arguments))
                    .isEqualTo(Float.toHexString(expected));
        }
    }

    private static float[] samples(long seed, int count) {
        var random = new Random(seed);
        var samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = i < EDGES.size() ? EDGES.get(i) : Float.intBitsToFloat(random.nextInt());
            if (i % 3 == 2) {
                samples[i] = (random.nextFloat() - 0.5f) * 64;
            }
        }
        for (int i = 0; i < EDGES.size(); i++) {
            samples[i] = EDGES.get(i);
        }
        return samples;
    }

    private static float withSign(BigDecimal magnitudeAndSign, float x) {
        return Math.copySign(magnitudeAndSign.floatValue(), x);
    }

    @Test
    void roundingToIntegersFollowsItsName() {
        for (float x : samples(1, 5000)) {
            if (Float.isNaN(x) || Float.isInfinite(x)) {
                for (float same : List.of(
                        MathFunctions.floor(x),
                        MathFunctions.ceil(x),
                        MathFunctions.trunc(x),
                        MathFunctions.round(x),
                        MathFunctions.rint(x))) {
                    assertSame(same, x, "integer of", x);
                }
                continue;
            }
            var exact = new BigDecimal(x);
            assertSame(MathFunctions.floor(x), withSign(exact.setScale(0, RoundingMode.FLOOR), x), "floor", x);
            assertSame(MathFunctions.ceil(x), withSign(exact.setScale(0, RoundingMode.CEILING), x), "ceil", x);
            assertSame(MathFunctions.trunc(x), withSign(exact.setScale(0, RoundingMode.DOWN), x), "trunc", x);
            assertSame(MathFunctions.round(x), withSign(exact.setScale(0, RoundingMode.HALF_UP), x), "round", x);
            assertSame(MathFunctions.rint(x), withSign(exact.setScale(0, RoundingMode.HALF_EVEN), x), "rint", x);
        }
    }

    @Test
    void fractIsBelowOneAndNotNegative() {
        assertSame(MathFunctions.fract(-1e-10f), 0x1.fffffep-1f, "fract");
        assertSame(MathFunctions.fractHalf(-0x1p-24f), 0x1.ffcp-1f, "fractHalf");
        assertSame(MathFunctions.fract(-0f), 0f, "fract");
        for (float x : samples(2, 5000)) {
            if (Math.abs(x) <= Float.MAX_VALUE) {
                assertThat(MathFunctions.fract(x)).isGreaterThanOrEqualTo(0).isLessThan(1);
                var half = Half.round(Math.clamp(x, -65_000f, 65_000f));
                assertThat(MathFunctions.fractHalf(half))
                        .isGreaterThanOrEqualTo(0)
                        .isLessThanOrEqualTo(0x1.ffcp-1f);
                var exact = new BigDecimal(x).subtract(new BigDecimal(x).setScale(0, RoundingMode.FLOOR));
                assertSame(MathFunctions.fract(x), Math.min(exact.floatValue(), 0x1.fffffep-1f), "fract", x);
            }
        }
        assertThat(MathFunctions.fract(NAN)).isNaN();
    }

    @Test
    void fmaRoundsOnceWithAndWithoutAnInstruction() {
        var random = new Random(3);
        for (int i = 0; i < 30_000; i++) {
            var x = Float.intBitsToFloat(random.nextInt());
            var y = i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : random.nextFloat();
            // A sum that nearly cancels, or lands beside a tie, needs the exact product.
            var z = i % 3 == 0 ? -(x * y) : i % 3 == 1 ? (x * y) * 0x1p25f : Float.intBitsToFloat(random.nextInt());
            if (x - x != 0 || y - y != 0 || z - z != 0) {
                continue;
            }
            var exact = new BigDecimal(x).multiply(new BigDecimal(y)).add(new BigDecimal(z));
            if (exact.signum() != 0) {
                assertSame(MathFunctions.fma(x, y, z), exact.floatValue(), "fma", x, y, z);
                assertSame(MathFunctions.fmaByDouble(x, y, z), exact.floatValue(), "fmaByDouble", x, y, z);
            }
        }
        assertSame(MathFunctions.fmaByDouble(INFINITY, 1, 1), INFINITY, "fma");
        assertSame(MathFunctions.fmaByDouble(INFINITY, 0, 1), NAN, "fma");
        assertSame(MathFunctions.fmaByDouble(Float.MAX_VALUE, 2, 0), INFINITY, "fma");
        assertSame(MathFunctions.fmaByDouble(-0f, 1, -0f), -0f, "fma");
    }

    @Test
    void fmaSeesWhatLiesFarBelowATie() {
        var random = new Random(12);
        for (int i = 0; i < 1000; i++) {
            // Odd multiples of 2^-12: their product ends with the bit half a unit below a float's last.
            var x = 1 + (2 * random.nextInt(500) + 1) * 0x1p-12f;
            var y = 1 + (2 * random.nextInt(500) + 1) * 0x1p-12f;
            for (float z : new float[] {0x1p-70f, -0x1p-70f, Float.MIN_VALUE, -Float.MIN_VALUE}) {
                var exact = new BigDecimal(x).multiply(new BigDecimal(y)).add(new BigDecimal(z));
                assertSame(MathFunctions.fmaByDouble(x, y, z), exact.floatValue(), "fmaByDouble", x, y, z);
                assertSame(MathFunctions.fmaByDouble(-x, y, -z), -exact.floatValue(), "fmaByDouble", -x, y, -z);
                assertSame(MathFunctions.fma(x, y, z), exact.floatValue(), "fma", x, y, z);
            }
        }
    }

    @Test
    void fmaOfHalvesRoundsOnce() {
        var random = new Random(4);
        for (int i = 0; i < 30_000; i++) {
            var x = Half.fromBits(random.nextInt() & 0xffff);
            var y = Half.fromBits(random.nextInt() & 0xffff);
            var z = i % 2 == 0 ? Half.fromBits(random.nextInt() & 0xffff) : Half.fromBits(random.nextInt() & 0x8003);
            if (x - x == 0 && y - y == 0 && z - z == 0) {
                var exact = new BigDecimal(x).multiply(new BigDecimal(y)).add(new BigDecimal(z));
                assertThat(MathFunctions.fmaHalf(x, y, z)).isEqualTo(nearestHalf(exact));
            }
        }
    }

    /** By bisection over the halves' bits, which are in the order of their values. */
    private static float nearestHalf(BigDecimal exact) {
        var magnitude = exact.abs();
        var low = 0;
        var high = 0x7c00;
        while (high - low > 1) {
            var middle = (low + high) / 2;
            if (new BigDecimal(Half.fromBits(middle)).compareTo(magnitude) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        var above = high == 0x7c00 ? new BigDecimal(65_536) : new BigDecimal(Half.fromBits(high));
        var comparison = magnitude.subtract(new BigDecimal(Half.fromBits(low))).compareTo(above.subtract(magnitude));
        var bits = comparison < 0 || comparison == 0 && (low & 1) == 0 ? low : high;
        return exact.signum() < 0 ? -Half.fromBits(bits) : Half.fromBits(bits);
    }

    @Test
    void minimumAndMaximumPreferANumberToANan() {
        assertSame(MathFunctions.fmax(NAN, 1), 1, "fmax");
        assertSame(MathFunctions.fmax(-INFINITY, NAN), -INFINITY, "fmax");
        assertSame(MathFunctions.fmin(NAN, INFINITY), INFINITY, "fmin");
        assertSame(MathFunctions.fmin(2, NAN), 2, "fmin");
        assertSame(MathFunctions.fmin(NAN, NAN), NAN, "fmin");
        assertSame(MathFunctions.fmax(NAN, NAN), NAN, "fmax");
        assertSame(MathFunctions.fmax3(NAN, 3, 2), 3, "fmax3");
        assertSame(MathFunctions.fmin3(3, NAN, 2), 2, "fmin3");
        for (float x : EDGES) {
            for (float y : EDGES) {
                if (x < y) {
                    assertSame(MathFunctions.fmin(x, y), x, "fmin", x, y);
                    assertSame(MathFunctions.fmin(y, x), x, "fmin", y, x);
                    assertSame(MathFunctions.fmax(x, y), y, "fmax", x, y);
                    assertSame(MathFunctions.fmax(y, x), y, "fmax", y, x);
                }
            }
        }
    }

    @Test
    void theMedianIsTheMiddleOneInEveryOrder() {
        float[][] orders = {{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}};
        for (var order : orders) {
            assertThat(MathFunctions.fmedian3(order[0], order[1], order[2])).isEqualTo(2);
        }
        assertThat(MathFunctions.fmedian3(5, 5, 1)).isEqualTo(5);
    }

    @Test
    void fmodIsExactWithTheSignOfTheDividend() {
        for (float x : samples(5, 300)) {
            for (float y : samples(6, 60)) {
                if (x - x == 0 && y - y == 0 && y != 0 && Math.abs(x / y) < 1e30f) {
                    var exact = new BigDecimal(x).remainder(new BigDecimal(y));
                    assertSame(MathFunctions.fmod(x, y), withSign(exact, x), "fmod", x, y);
                }
            }
        }
        assertThat(MathFunctions.fmod(1, 0)).isNaN();
        assertThat(MathFunctions.fmod(INFINITY, 1)).isNaN();
        assertSame(MathFunctions.fmod(3, INFINITY), 3, "fmod");
    }

    @Test
    void fdimIsThePositiveDifference() {
        assertSame(MathFunctions.fdim(3, 1), 2, "fdim");
        assertSame(MathFunctions.fdim(1, 3), 0, "fdim");
        assertSame(MathFunctions.fdim(INFINITY, INFINITY), 0, "fdim");
        assertThat(MathFunctions.fdim(NAN, 1)).isNaN();
        assertThat(MathFunctions.fdim(1, NAN)).isNaN();
    }

    @Test
    void mantissaTimesPowerOfTheExponentIsTheValue() {
        for (float x : samples(7, 5000)) {
            var mantissa = MathFunctions.frexpMantissa(x);
            var exponent = MathFunctions.frexpExponent(x);
            if (x == 0 || x - x != 0) {
                assertSame(mantissa, x, "frexp", x);
                assertThat(exponent).isZero();
                continue;
            }
            assertThat(Math.abs(mantissa)).isGreaterThanOrEqualTo(0.5f).isLessThan(1);
            assertThat(new BigDecimal(mantissa).multiply(powerOfTwo(exponent))).isEqualByComparingTo(new BigDecimal(x));
            assertThat(MathFunctions.ilogb(x)).isEqualTo(exponent - 1);
            assertSame(MathFunctions.ldexp(mantissa, exponent), x, "ldexp", mantissa, exponent);
        }
    }

    private static BigDecimal powerOfTwo(int exponent) {
        return exponent >= 0 ? BigDecimal.TWO.pow(exponent) : BigDecimal.ONE.divide(BigDecimal.TWO.pow(-exponent));
    }

    @Test
    void ilogbOfZeroNanAndInfinityIsWhatTheMacrosSay() {
        assertThat(MathFunctions.ilogb(0)).isEqualTo(MathFunctions.FP_ILOGB0);
        assertThat(MathFunctions.ilogb(NAN)).isEqualTo(MathFunctions.FP_ILOGBNAN);
        assertThat(MathFunctions.ilogb(-INFINITY)).isEqualTo(Integer.MAX_VALUE);
        assertThat(MathFunctions.ilogb(Float.MIN_VALUE)).isEqualTo(-149);
    }

    @Test
    void ldexpRoundsOnceIntoTheDenormals() {
        for (float x : samples(8, 2000)) {
            for (int exponent : new int[] {-300, -149, -140, -130, -24, -1, 0, 1, 24, 100, 149, 276}) {
                if (x - x == 0) {
                    var exact = new BigDecimal(x).multiply(powerOfTwo(exponent));
                    assertSame(MathFunctions.ldexp(x, exponent), withSign(exact, x), "ldexp", x, exponent);
                }
            }
        }
        assertSame(MathFunctions.ldexp(1, Integer.MAX_VALUE), INFINITY, "ldexp");
        assertSame(MathFunctions.ldexp(-1, Integer.MIN_VALUE), -0f, "ldexp");
    }

    @Test
    void modfSplitsIntoPartsOfTheSameSign() {
        for (float x : samples(9, 3000)) {
            if (x == x) {
                var fraction = MathFunctions.modfFraction(x);
                var whole = MathFunctions.trunc(x);
                assertThat(Math.abs(fraction)).isLessThan(1);
                assertThat(fraction + whole).isEqualTo(x);
                assertThat(Float.floatToRawIntBits(fraction) >>> 31).isEqualTo(Float.floatToRawIntBits(x) >>> 31);
            }
        }
        assertThat(MathFunctions.modfFraction(NAN)).isNaN();
    }

    @Test
    void theNextFloatIsOneStepTowardsTheSecond() {
        assertSame(MathFunctions.nextafter(1, 2), Float.intBitsToFloat(0x3f80_0001), "nextafter");
        assertSame(MathFunctions.nextafter(1, -2), Float.intBitsToFloat(0x3f7f_ffff), "nextafter");
        assertSame(MathFunctions.nextafter(0, -1), -Float.MIN_VALUE, "nextafter");
        assertSame(MathFunctions.nextafter(Float.MAX_VALUE, INFINITY), INFINITY, "nextafter");
        assertSame(MathFunctions.nextafter(0f, -0f), -0f, "nextafter");
        assertThat(MathFunctions.nextafter(NAN, 1)).isNaN();
    }

    @Test
    void theNextHalfIsOneStepTowardsTheSecond() {
        for (int bits = 0; bits < 0x7c00; bits++) {
            var x = Half.fromBits(bits);
            var next = Half.fromBits(bits + 1);
            assertThat(MathFunctions.nextafterHalf(x, INFINITY)).isEqualTo(next);
            assertThat(MathFunctions.nextafterHalf(next, 0)).isEqualTo(x);
            assertThat(MathFunctions.nextafterHalf(-x, -INFINITY)).isEqualTo(-next);
            assertThat(MathFunctions.nextafterHalf(-next, INFINITY)).isEqualTo(-x);
        }
        assertSame(MathFunctions.nextafterHalf(0f, -0f), -0f, "nextafterHalf");
        assertThat(MathFunctions.nextafterHalf(1, NAN)).isNaN();
    }

    @Test
    void rootsAndQuotientsAreCorrectlyRounded() {
        for (float x : samples(10, 3000)) {
            if (x > 0 && x <= Float.MAX_VALUE) {
                var root = Exact.sqrt(new BigDecimal(x));
                assertSame(MathFunctions.sqrt(x), root.floatValue(), "sqrt", x);
                assertSame(
                        MathFunctions.rsqrt(x),
                        Exact.divide(BigDecimal.ONE, root).floatValue(),
                        "rsqrt",
                        x);
                var y = 1.7f - x;
                assertSame(
                        MathFunctions.divide(y, x),
                        Exact.divide(new BigDecimal(y), new BigDecimal(x)).floatValue(),
                        "divide",
                        x);
            }
        }
        assertSame(MathFunctions.sqrt(-0f), -0f, "sqrt");
        assertSame(MathFunctions.rsqrt(0), INFINITY, "rsqrt");
        assertSame(MathFunctions.rsqrt(-0f), -INFINITY, "rsqrt");
        assertSame(MathFunctions.rsqrt(INFINITY), 0, "rsqrt");
        assertThat(MathFunctions.sqrt(-1)).isNaN();
        assertThat(MathFunctions.rsqrt(-1)).isNaN();
    }

    @Test
    void copysignTakesMagnitudeAndSignApart() {
        assertSame(MathFunctions.copysign(3, -0f), -3, "copysign");
        assertSame(MathFunctions.copysign(-INFINITY, 1), INFINITY, "copysign");
        assertSame(MathFunctions.fabs(-0f), 0, "fabs");
    }
}
