package io.ringkernel.metal.msl.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Errors of the transcendental functions, in units in the last place: against series of 40 digits at some hundred
 * points, and against Java's {@link StrictMath} at some hundred thousand. The specification allows 4 units, 16 for pow.
 */
final class TranscendentalAccuracyTest {

    private static final double BOUND = 0.51;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    @FunctionalInterface
    private interface FloatFunction {
        float of(float x);
    }

    @FunctionalInterface
    private interface ExactFunction {
        BigDecimal of(BigDecimal x);
    }

    private static void assertClose(float actual, BigDecimal exact, float... arguments) {
        if (exact.abs().compareTo(new BigDecimal(0x1p-149)) < 0) {
            assertThat(Math.abs(actual)).isLessThanOrEqualTo(Float.MIN_VALUE);
            return;
        }
        if (exact.abs().compareTo(new BigDecimal(Float.MAX_VALUE)) > 0) {
            assertThat(Math.abs(actual)).isGreaterThanOrEqualTo(Float.MAX_VALUE);
            return;
        }
        assertThat(Exact.ulps(actual, exact)).as("at %s", arguments).isLessThanOrEqualTo(BOUND);
    }

    private static void checkSeries(FloatFunction function, ExactFunction exact, double low, double high) {
        var random = new Random(17);
        for (int i = 0; i < 120; i++) {
            var x = (float) (low + (high - low) * random.nextDouble());
            if (i % 3 == 0) {
                x *= (float) Math.pow(2, -random.nextInt(20));
                x = (float) Math.clamp(x, low, high);
            }
            assertClose(function.of(x), exact.of(Exact.of(x)), x);
        }
    }

    /** Steps through all floats between two values, of either sign where both are. */
    private static void checkDouble(FloatFunction function, DoubleUnaryOperator wide, float low, float high) {
        var from = Float.floatToIntBits(Math.max(low, 0));
        var to = Float.floatToIntBits(high);
        for (int bits = from; bits < to; bits += 20_011) {
            compare(function, wide, Float.intBitsToFloat(bits));
            if (low < 0) {
                compare(function, wide, -Float.intBitsToFloat(bits));
            }
        }
    }

    private static void compare(FloatFunction function, DoubleUnaryOperator wide, float x) {
        var exact = wide.applyAsDouble(x);
        var actual = function.of(x);
        var nearest = (float) exact;
        var error = Math.abs(actual - exact) / Math.ulp(nearest);
        if (Float.floatToIntBits(actual) != Float.floatToIntBits(nearest) && !(error <= BOUND)) {
            assertThat(actual).as("at %s, off by %s units", x, error).isEqualTo(nearest);
        }
    }

    @Test
    void theDoublesBeforeTheFinalRoundingAreRightTo40Bits() {
        for (int i = -100_000; i <= 100_000; i++) {
            var x = i * 1.27e-3;
            assertRelative(ElementaryFunctions.exp2(x), StrictMath.pow(2, x));
            var eighth = i * (Math.PI / 4e5);
            if (i != 0) {
                assertRelative(ElementaryFunctions.log(Math.abs(x)), StrictMath.log(Math.abs(x)));
                assertRelative(ElementaryFunctions.quadrant(eighth, 0), StrictMath.sin(eighth));
                assertRelative(ElementaryFunctions.tangentQuadrant(eighth, 0), StrictMath.tan(eighth));
                assertRelative(ElementaryFunctions.smallSinh(i * 1e-5), StrictMath.sinh(i * 1e-5));
            }
            assertRelative(ElementaryFunctions.quadrant(eighth, 1), StrictMath.cos(eighth));
        }
    }

    private static void assertRelative(double actual, double expected) {
        if (!(Math.abs(actual - expected) <= 0x1p-40 * Math.abs(expected))) {
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void exponentials() {
        checkSeries(MathFunctions::exp, Exact::exp, -87, 88);
        checkSeries(MathFunctions::exp2, x -> Exact.exp(x.multiply(Exact.log(BigDecimal.TWO))), -126, 127);
        checkSeries(MathFunctions::exp10, x -> Exact.exp(x.multiply(Exact.log(BigDecimal.TEN))), -37, 38);
        checkDouble(MathFunctions::exp, StrictMath::exp, -INFINITY, INFINITY);
        checkDouble(MathFunctions::exp2, x -> StrictMath.pow(2, x), -INFINITY, INFINITY);
        checkDouble(MathFunctions::exp10, x -> StrictMath.pow(10, x), -INFINITY, INFINITY);
    }

    @Test
    void logarithms() {
        checkSeries(MathFunctions::log, Exact::log, 1e-6, 10);
        checkSeries(MathFunctions::log, Exact::log, 0.99, 1.01);
        checkSeries(MathFunctions::log2, x -> Exact.divide(Exact.log(x), Exact.log(BigDecimal.TWO)), 1e-6, 1e30);
        checkSeries(MathFunctions::log10, x -> Exact.divide(Exact.log(x), Exact.log(BigDecimal.TEN)), 1e-6, 1e30);
        checkDouble(MathFunctions::log, StrictMath::log, 0, INFINITY);
        checkDouble(MathFunctions::log10, StrictMath::log10, 0, INFINITY);
        for (int power = -149; power < 128; power++) {
            assertThat(MathFunctions.log2(Math.scalb(1f, power))).isEqualTo(power);
        }
    }

    @Test
    void sineCosineAndTangent() {
        checkSeries(MathFunctions::sin, Exact::sin, -10, 10);
        checkSeries(MathFunctions::cos, Exact::cos, -10, 10);
        checkSeries(MathFunctions::sin, Exact::sin, -1e7, 1e7);
        checkSeries(MathFunctions::tan, x -> Exact.divide(Exact.sin(x), Exact.cos(x)), -10, 10);
        checkDouble(MathFunctions::sin, StrictMath::sin, -INFINITY, INFINITY);
        checkDouble(MathFunctions::cos, StrictMath::cos, -INFINITY, INFINITY);
        checkDouble(MathFunctions::tan, StrictMath::tan, -INFINITY, INFINITY);
    }

    @Test
    void sineAndCosineNextToTheirZeros() {
        for (int quarters = 1; quarters < 1_000_000; quarters += 1 + quarters / 16) {
            var x = (float) (quarters * Math.PI / 2);
            for (float near : new float[] {Math.nextDown(x), x, Math.nextUp(x)}) {
                assertClose(MathFunctions.sin(near), Exact.sin(Exact.of(near)), near);
                assertClose(MathFunctions.cos(near), Exact.cos(Exact.of(near)), near);
            }
        }
    }

    @Test
    void multiplesOfPi() {
        ExactFunction sin = x -> Exact.sin(x.multiply(Exact.PI));
        ExactFunction cos = x -> Exact.cos(x.multiply(Exact.PI));
        checkSeries(MathFunctions::sinpi, sin, -5, 5);
        checkSeries(MathFunctions::cospi, cos, -5, 5);
        checkSeries(MathFunctions::tanpi, x -> Exact.divide(sin.of(x), cos.of(x)), -5, 5);
        checkSeries(MathFunctions::sinpi, sin, -9e6, 9e6);
    }

    @Test
    void multiplesOfPiAreExactAtQuarters() {
        float[] sines = {0, 1, 0, -1};
        for (int quarters = 0; quarters < 40; quarters++) {
            var x = quarters * 0.5f;
            assertBits(MathFunctions.sinpi(x), sines[quarters % 4]);
            assertBits(MathFunctions.cospi(x), sines[(quarters + 1) % 4]);
            assertBits(MathFunctions.sinpi(-x), -sines[quarters % 4]);
            assertBits(MathFunctions.cospi(-x), sines[(quarters + 1) % 4]);
        }
        for (float even : new float[] {0x1p24f, 0x1p60f, 0x1p64f, 0x1p100f, Float.MAX_VALUE}) {
            assertBits(MathFunctions.cospi(even), 1);
            assertBits(MathFunctions.sinpi(-even), -0f);
        }
        assertBits(MathFunctions.tanpi(0.25f), 1);
        assertBits(MathFunctions.tanpi(0.5f), INFINITY);
        assertThat(MathFunctions.sinpi(INFINITY)).isNaN();
    }

    private static void assertBits(float actual, float expected) {
        assertThat(Float.toHexString(actual)).isEqualTo(Float.toHexString(expected));
    }

    @Test
    void inverseTrigonometricFunctions() {
        ExactFunction asin = x -> Exact.atan(Exact.divide(x, Exact.sqrt(BigDecimal.ONE.subtract(x.multiply(x)))));
        checkSeries(MathFunctions::atan, Exact::atan, -20, 20);
        checkSeries(MathFunctions::asin, asin, -0.999, 0.999);
        checkSeries(
                MathFunctions::acos, x -> Exact.divide(Exact.PI, BigDecimal.TWO).subtract(asin.of(x)), -0.999, 0.999);
        checkSeries(
                y -> MathFunctions.atan2(y, -3),
                y -> {
                    var angle = Exact.atan(Exact.divide(y, BigDecimal.valueOf(-3)));
                    return y.signum() < 0 ? angle.subtract(Exact.PI) : angle.add(Exact.PI);
                },
                -9,
                9);
        assertBits(MathFunctions.atan2(-0f, 1), -0f);
        assertBits(MathFunctions.atan2(0, -1), (float) Math.PI);
        assertThat(MathFunctions.acos(1.5f)).isNaN();
    }

    @Test
    void hyperbolicFunctions() {
        ExactFunction sinh = x -> Exact.divide(Exact.exp(x).subtract(Exact.exp(x.negate())), BigDecimal.TWO);
        ExactFunction cosh = x -> Exact.divide(Exact.exp(x).add(Exact.exp(x.negate())), BigDecimal.TWO);
        for (double range : new double[] {0.3, 1.5, 88}) {
            checkSeries(MathFunctions::sinh, sinh, -range, range);
            checkSeries(MathFunctions::cosh, cosh, -range, range);
            checkSeries(MathFunctions::tanh, x -> Exact.divide(sinh.of(x), cosh.of(x)), -range, range);
        }
        checkDouble(MathFunctions::sinh, StrictMath::sinh, -INFINITY, INFINITY);
        checkDouble(MathFunctions::cosh, StrictMath::cosh, -INFINITY, INFINITY);
        checkDouble(MathFunctions::tanh, StrictMath::tanh, -INFINITY, INFINITY);
        assertBits(MathFunctions.tanh(INFINITY), 1);
        assertBits(MathFunctions.tanh(-INFINITY), -1);
        assertBits(MathFunctions.tanh(-0f), -0f);
        assertBits(MathFunctions.sinh(-INFINITY), -INFINITY);
    }

    @Test
    void inverseHyperbolicFunctions() {
        ExactFunction asinh = x -> {
            var magnitude = Exact.log(x.abs().add(Exact.sqrt(x.multiply(x).add(BigDecimal.ONE))));
            return x.signum() < 0 ? magnitude.negate() : magnitude;
        };
        checkSeries(MathFunctions::asinh, asinh, -2, 2);
        checkSeries(MathFunctions::asinh, asinh, -1e30, 1e30);
        ExactFunction acosh = x -> Exact.log(x.add(Exact.sqrt(x.multiply(x).subtract(BigDecimal.ONE))));
        checkSeries(MathFunctions::acosh, acosh, 1.0000001, 1.001);
        checkSeries(MathFunctions::acosh, acosh, 1.5, 1e30);
        checkSeries(
                MathFunctions::atanh,
                x -> Exact.divide(
                        Exact.log(Exact.divide(BigDecimal.ONE.add(x), BigDecimal.ONE.subtract(x))), BigDecimal.TWO),
                -0.9999,
                0.9999);
        assertBits(MathFunctions.asinh(-INFINITY), -INFINITY);
        assertBits(MathFunctions.asinh(-0f), -0f);
        assertBits(MathFunctions.acosh(1), 0);
        assertBits(MathFunctions.acosh(INFINITY), INFINITY);
        assertBits(MathFunctions.atanh(-1), -INFINITY);
        for (float outside : new float[] {0.99f, -1, -1e30f}) {
            assertThat(MathFunctions.acosh(outside)).isNaN();
        }
        assertThat(MathFunctions.atanh(1.01f)).isNaN();
        assertThat(MathFunctions.atanh(-INFINITY)).isNaN();
    }

    @Test
    void powers() {
        var random = new Random(23);
        for (int i = 0; i < 300; i++) {
            var x = i % 2 == 0 ? (float) Math.exp(40 * random.nextGaussian()) : 1 + (random.nextFloat() - 0.5f) / 64;
            var y = (float) (random.nextGaussian() * (i % 2 == 0 ? 2 : 3000));
            if (x > 0 && x <= Float.MAX_VALUE) {
                var exponent = Exact.of(y).multiply(Exact.log(Exact.of(x)));
                if (exponent.abs().compareTo(BigDecimal.valueOf(200)) < 0) {
                    var exact = Exact.exp(exponent);
                    assertClose(MathFunctions.pow(x, y), exact, x, y);
                    assertClose(MathFunctions.powr(x, y), exact, x, y);
                }
            }
        }
        for (int base = -12; base <= 12; base++) {
            for (int exponent = 0; exponent <= 6; exponent++) {
                assertThat(MathFunctions.pow(base, exponent))
                        .isEqualTo(BigDecimal.valueOf(base).pow(exponent).floatValue());
            }
        }
    }

    @Test
    void powersOfSpecialValuesAreThoseOfC() {
        var values = List.of(0f, -0f, 1f, -1f, 2f, -2f, 0.5f, INFINITY, -INFINITY, Float.NaN);
        for (float value : values) {
            assertBits(MathFunctions.pow(value, 0), 1);
            assertBits(MathFunctions.pow(1, value), 1);
        }
        assertBits(MathFunctions.pow(-1, INFINITY), 1);
        assertBits(MathFunctions.pow(-1, -INFINITY), 1);
        assertBits(MathFunctions.pow(-0f, -3), -INFINITY);
        assertBits(MathFunctions.pow(0, -2), INFINITY);
        assertBits(MathFunctions.pow(-0f, 3), -0f);
        assertBits(MathFunctions.pow(-INFINITY, 3), -INFINITY);
        assertBits(MathFunctions.pow(-INFINITY, -2), 0);
        assertBits(MathFunctions.pow(0.5f, -INFINITY), INFINITY);
        assertBits(MathFunctions.pow(2, -INFINITY), 0);
        assertThat(MathFunctions.pow(-2, 0.5f)).isNaN();
        assertThat(MathFunctions.pow(Float.NaN, 1)).isNaN();
        assertThat(MathFunctions.pow(2, Float.NaN)).isNaN();
    }

    @Test
    void powrIsUndefinedWhereItsLogarithmIs() {
        assertThat(MathFunctions.powr(-2, 2)).isNaN();
        assertThat(MathFunctions.powr(0, 0)).isNaN();
        assertThat(MathFunctions.powr(INFINITY, 0)).isNaN();
        assertThat(MathFunctions.powr(1, INFINITY)).isNaN();
        assertThat(MathFunctions.powr(Float.NaN, 0)).isNaN();
        assertBits(MathFunctions.powr(2, 0), 1);
        assertBits(MathFunctions.powr(-0f, -1), INFINITY);
        assertBits(MathFunctions.powr(0, 2), 0);
    }

    @Test
    void specialValuesOfExponentialsAndLogarithms() {
        assertBits(MathFunctions.exp(-INFINITY), 0);
        assertBits(MathFunctions.exp(INFINITY), INFINITY);
        assertBits(MathFunctions.exp2(-149), Float.MIN_VALUE);
        assertBits(MathFunctions.exp2(-0f), 1);
        assertBits(MathFunctions.log(0), -INFINITY);
        assertBits(MathFunctions.log(-0f), -INFINITY);
        assertBits(MathFunctions.log10(1000), 3);
        assertBits(MathFunctions.log(INFINITY), INFINITY);
        assertThat(MathFunctions.log2(-1)).isNaN();
        for (var function : List.<FloatFunction>of(
                MathFunctions::exp,
                MathFunctions::exp2,
                MathFunctions::exp10,
                MathFunctions::log,
                MathFunctions::log2,
                MathFunctions::log10,
                MathFunctions::sin,
                MathFunctions::cos,
                MathFunctions::tan,
                MathFunctions::sinh,
                MathFunctions::cosh,
                MathFunctions::tanh,
                MathFunctions::sinpi,
                MathFunctions::cospi,
                MathFunctions::tanpi,
                MathFunctions::asinh,
                MathFunctions::acosh,
                MathFunctions::atanh)) {
            assertThat(function.of(Float.NaN)).isNaN();
        }
        assertThat(MathFunctions.sin(INFINITY)).isNaN();
        assertBits(MathFunctions.sin(-0f), -0f);
        assertBits(MathFunctions.tan(-0f), -0f);
        assertBits(MathFunctions.cos(-0f), 1);
    }
}
