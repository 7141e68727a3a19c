package io.ringkernel.metal.msl.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ArithmeticTest {

    private static final List<Integer> INTS = List.of(
            0, 1, -1, 2, -2, 7, -7, 1000, 0x1234_5678, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1);
    private static final List<Long> LONGS = List.of(
            0L,
            1L,
            -1L,
            2L,
            -3L,
            1_000_003L,
            1L << 32,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            -(1L << 40));

    private static BigInteger unsigned(int x) {
        return BigInteger.valueOf(Integer.toUnsignedLong(x));
    }

    private static BigInteger unsigned(long x) {
        return new BigInteger(Long.toUnsignedString(x));
    }

    @Test
    void divisionTruncatesAndNeverTraps() {
        for (int x : INTS) {
            for (int y : INTS) {
                var zero = y == 0;
                var a = BigInteger.valueOf(x);
                var b = BigInteger.valueOf(y);
                assertThat(Arithmetic.divide(x, y))
                        .isEqualTo(zero ? 0 : a.divide(b).intValue());
                assertThat(Arithmetic.remainder(x, y))
                        .isEqualTo(zero ? 0 : a.remainder(b).intValue());
                assertThat(Arithmetic.divideUnsigned(x, y))
                        .isEqualTo(zero ? 0 : unsigned(x).divide(unsigned(y)).intValue());
                assertThat(Arithmetic.remainderUnsigned(x, y))
                        .isEqualTo(zero ? 0 : unsigned(x).remainder(unsigned(y)).intValue());
            }
        }
    }

    @Test
    void divisionOf64BitsTruncatesAndNeverTraps() {
        for (long x : LONGS) {
            for (long y : LONGS) {
                var zero = y == 0;
                var a = BigInteger.valueOf(x);
                var b = BigInteger.valueOf(y);
                assertThat(Arithmetic.divide(x, y))
                        .isEqualTo(zero ? 0 : a.divide(b).longValue());
                assertThat(Arithmetic.remainder(x, y))
                        .isEqualTo(zero ? 0 : a.remainder(b).longValue());
                assertThat(Arithmetic.divideUnsigned(x, y))
                        .isEqualTo(zero ? 0 : unsigned(x).divide(unsigned(y)).longValue());
                assertThat(Arithmetic.remainderUnsigned(x, y))
                        .isEqualTo(zero ? 0 : unsigned(x).remainder(unsigned(y)).longValue());
            }
        }
    }

    @Test
    void narrowShiftsTakeTheirCountModuloTheWidth() {
        for (int x = Byte.MIN_VALUE; x <= 0xff; x++) {
            for (int count = 0; count < 40; count++) {
                var power8 = BigInteger.TWO.pow(count % 8);
                assertThat((byte) Arithmetic.shiftLeft8(x, count))
                        .isEqualTo(BigInteger.valueOf(x).multiply(power8).byteValue());
                assertThat(Arithmetic.shiftRight8(x, count)).isEqualTo(Math.floorDiv(x, power8.intValue()));
                var power16 = BigInteger.TWO.pow(count % 16);
                assertThat((short) Arithmetic.shiftLeft16(251 * x, count))
                        .isEqualTo(BigInteger.valueOf(251 * x).multiply(power16).shortValue());
                assertThat(Arithmetic.shiftRight16(251 * x, count))
                        .isEqualTo(Math.floorDiv(251 * x, power16.intValue()));
            }
        }
    }

    /** Truncates towards zero, then goes to the nearest value of the type. */
    private static BigInteger saturated(float x, int bits, boolean signed) {
        var minimum = signed ? BigInteger.TWO.pow(bits - 1).negate() : BigInteger.ZERO;
        var maximum = BigInteger.TWO.pow(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        if (x != x) {
            return BigInteger.ZERO;
        }
        if (Float.isInfinite(x)) {
            return x > 0 ? maximum : minimum;
        }
        return new BigDecimal(x).toBigInteger().max(minimum).min(maximum);
    }

    private static List<Float> floats() {
        var floats = new ArrayList<Float>();
        for (int power = -3; power <= 127; power++) {
            var value = Math.scalb(1f, power);
            for (var x : new float[] {value, Math.nextDown(value), Math.nextUp(value), 1.5f * value}) {
                floats.add(x);
                floats.add(-x);
            }
        }
        floats.addAll(List.of(0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE));
        floats.addAll(List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 127.9f, -128.9f, 255.99f));
        return floats;
    }

    @Test
    void floatsConvertToIntegersTowardsZeroAndSaturate() {
        for (float x : floats()) {
            assertThat(Arithmetic.toChar(x)).isEqualTo(saturated(x, 8, true).intValue());
            assertThat(Arithmetic.toUchar(x)).isEqualTo(saturated(x, 8, false).intValue());
            assertThat(Arithmetic.toShort(x)).isEqualTo(saturated(x, 16, true).intValue());
            assertThat(Arithmetic.toUshort(x)).isEqualTo(saturated(x, 16, false).intValue());
            assertThat(Arithmetic.toInt(x)).isEqualTo(saturated(x, 32, true).intValue());
            assertThat(Arithmetic.toUint(x))
                    .as("%s", x)
                    .isEqualTo(saturated(x, 32, false).intValue());
            assertThat(Arithmetic.toLong(x)).isEqualTo(saturated(x, 64, true).longValue());
            assertThat(Arithmetic.toUlong(x))
                    .as("%s", x)
                    .isEqualTo(saturated(x, 64, false).longValue());
        }
    }

    @Test
    void boolIsTrueForEverythingButZero() {
        assertThat(Arithmetic.toBool(0)).isZero();
        assertThat(Arithmetic.toBool(-5)).isOne();
        assertThat(Arithmetic.toBool(1L << 40)).isOne();
        assertThat(Arithmetic.toBool(-0f)).isZero();
        assertThat(Arithmetic.toBool(Float.MIN_VALUE)).isOne();
        assertThat(Arithmetic.toBool(Float.NaN)).isOne();
    }

    private static List<Long> integers() {
        var integers = new ArrayList<>(LONGS);
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            integers.add(random.nextLong() >>> random.nextInt(64));
        }
        // Ties of float and of bfloat, and their neighbours.
        for (int shift = 0; shift < 39; shift++) {
            for (long base : new long[] {0x100_0001L, 0x100_0003L, 0x101_8000L, 0x103_8000L, 0x101_0000L}) {
                for (long offset = -1; offset <= 1; offset++) {
                    integers.add((base << shift) + offset);
                    integers.add(-(base << shift) + offset);
                }
            }
        }
        return integers;
    }

    @Test
    void integersConvertToTheNearestFloat() {
        for (long x : integers()) {
            var low = (int) x;
            assertThat(Arithmetic.toFloat(x)).isEqualTo(new BigDecimal(x).floatValue());
            assertThat(Arithmetic.toFloatUnsigned(x)).as("%d", x).isEqualTo(new BigDecimal(unsigned(x)).floatValue());
            assertThat(Arithmetic.toFloat(low)).isEqualTo(new BigDecimal(low).floatValue());
            assertThat(Arithmetic.toFloatUnsigned(low)).isEqualTo(new BigDecimal(unsigned(low)).floatValue());
            assertThat(Arithmetic.toLongUnsigned(low)).isEqualTo(unsigned(low).longValue());
        }
    }

    @Test
    void integersConvertToTheNearestHalfAndBfloat() {
        for (long x : integers()) {
            var y = x >> 44;
            for (long value : new long[] {x, y}) {
                assertThat(Arithmetic.toHalf(value))
                        .as("%d", value)
                        .isEqualTo(nearest(BigInteger.valueOf(value), 11, 16));
                assertThat(Arithmetic.toHalfUnsigned(value)).isEqualTo(nearest(unsigned(value), 11, 16));
                assertThat(Arithmetic.toBfloat(value))
                        .as("%d", value)
                        .isEqualTo(nearest(BigInteger.valueOf(value), 8, 128));
                assertThat(Arithmetic.toBfloatUnsigned(value)).isEqualTo(nearest(unsigned(value), 8, 128));
            }
        }
    }

    /** Keeps {@code precision} bits, ties to even; infinite from 2^{@code limit} on. */
    private static float nearest(BigInteger value, int precision, int limit) {
        var magnitude = value.abs();
        var shift = Math.max(0, magnitude.bitLength() - precision);
        var kept = magnitude.shiftRight(shift);
        var twiceRest = magnitude.subtract(kept.shiftLeft(shift)).shiftLeft(1);
        var comparison = twiceRest.compareTo(BigInteger.ONE.shiftLeft(shift));
        if (shift > 0 && (comparison > 0 || comparison == 0 && kept.testBit(0))) {
            kept = kept.add(BigInteger.ONE);
        }
        var rounded = kept.shiftLeft(shift);
        var result = rounded.bitLength() > limit ? Float.POSITIVE_INFINITY : rounded.floatValue();
        return value.signum() < 0 ? -result : result;
    }
}
