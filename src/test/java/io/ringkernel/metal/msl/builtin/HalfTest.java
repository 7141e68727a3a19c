package io.ringkernel.metal.msl.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HalfTest {

    /** IEEE 754 binary16: 10 fraction bits, 5 exponent bits with bias 15. */
    private static double halfByDefinition(int bits) {
        var sign = (bits & 0x8000) == 0 ? 1.0 : -1.0;
        var exponent = bits >> 10 & 31;
        var fraction = bits & 0x3ff;
        if (exponent == 31) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0
                ? sign * fraction / Math.pow(2, 24)
                : sign * (1024 + fraction) / 1024.0 * Math.pow(2, exponent - 15);
    }

    @Test
    void everyHalfHasTheValueOfItsBits() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            var expected = halfByDefinition(bits);
            if (expected == expected) {
                assertThat((double) Half.fromBits(bits)).isEqualTo(expected);
                assertThat(Half.toBits(Half.fromBits(bits))).isEqualTo(bits);
                assertThat(Half.round(Half.fromBits(bits))).isEqualTo((float) expected);
            } else {
                assertThat(Half.fromBits(bits)).isNaN();
                assertThat(halfByDefinition(Half.toBits(Half.fromBits(bits)))).isNaN();
            }
        }
    }

    @Test
    void aValueBetweenTwoHalvesRoundsToTheNearerAndATieToTheEvenOne() {
        for (int bits = 0; bits < 0x7bff; bits++) {
            var low = halfByDefinition(bits);
            var high = halfByDefinition(bits + 1);
            var middle = (float) ((low + high) / 2);
            var even = (bits & 1) == 0 ? low : high;
            assertThat((double) Half.round(middle)).isEqualTo(even);
            assertThat((double) Half.round(Math.nextDown(middle))).isEqualTo(low);
            assertThat((double) Half.round(Math.nextUp(middle))).isEqualTo(high);
            assertThat((double) Half.round(-middle)).isEqualTo(-even);
        }
    }

    @Test
    void valuesFrom65520OnAreInfinite() {
        assertThat(Half.round(Math.nextDown(65_520f))).isEqualTo(65_504f);
        assertThat(Half.round(65_520f)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Half.round(-1e30f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Half.round(1e300)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void aDoubleJustBesideATieIsNotRoundedTwice() {
        // As a float each would be the tie itself, and go to the even neighbour.
        assertThat(Half.round(1 + 0x1p-11 + 0x1p-40)).isEqualTo(1 + 0x1p-10f);
        assertThat(Half.round(1 + 0x1p-10 + 0x1p-11 - 0x1p-40)).isEqualTo(1 + 0x1p-10f);
        assertThat(Half.round(-(1 + 0x1p-11 + 0x1p-40))).isEqualTo(-(1 + 0x1p-10f));
        assertThat(Half.roundBfloat(1 + 0x1p-8 + 0x1p-40)).isEqualTo(1 + 0x1p-7f);
        assertThat(Half.round(1e-300)).isZero();
    }

    @Test
    void everyBfloatIsTheUpperHalfOfAFloat() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            var value = Half.bfloatFromBits(bits);
            assertThat(Float.floatToRawIntBits(value)).isEqualTo(bits << 16);
            if (value == value) {
                assertThat(Half.bfloatToBits(value)).isEqualTo(bits);
            } else {
                assertThat(Half.roundBfloat(value)).isNaN();
            }
        }
    }

    @Test
    void aFloatRoundsToTheNearestBfloatAndATieToTheEvenOne() {
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            var value = Float.intBitsToFloat(random.nextInt() & 0x7eff_ffff);
            if (i % 4 == 0) {
                value = Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff_0000 | 0x8000);
            }
            var low = Float.floatToRawIntBits(value) >>> 16;
            var exact = new BigDecimal(value);
            var below = exact.subtract(new BigDecimal(Half.bfloatFromBits(low)));
            var above = new BigDecimal(Half.bfloatFromBits(low + 1)).subtract(exact);
            var comparison = below.compareTo(above);
            var expected = comparison < 0 ? low : comparison > 0 ? low + 1 : low + (low & 1);
            assertThat(Half.bfloatToBits(value)).isEqualTo(expected);
            assertThat(Half.bfloatToBits(-value)).isEqualTo(expected | 0x8000);
        }
        assertThat(Half.roundBfloat(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void aNanWhoseUpperPayloadIsEmptyStaysANan() {
        assertThat(Half.roundBfloat(Float.intBitsToFloat(0x7f80_0001))).isNaN();
        assertThat(Half.roundBfloat(Float.intBitsToFloat(0xffff_ffff))).isNaN();
    }
}
