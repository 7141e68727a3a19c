package io.ringkernel.metal.msl.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CommonAndRelationalFunctionsTest {

    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;
    private static final List<Float> EDGES = List.of(
            0f,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            0x1p-24f,
            0x1p-14f,
            0x0.ffcp-14f,
            Float.MIN_NORMAL,
            1f,
            -1f,
            65_504f,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            INFINITY,
            -INFINITY,
            NAN);

    @Test
    void clampGoesToTheNearerLimit() {
        assertThat(CommonFunctions.clamp(5, 1, 3)).isEqualTo(3);
        assertThat(CommonFunctions.clamp(-5, 1, 3)).isEqualTo(1);
        assertThat(CommonFunctions.clamp(2, 1, 3)).isEqualTo(2);
        assertThat(CommonFunctions.clamp(-INFINITY, 1, 3)).isEqualTo(1);
    }

    @Test
    void saturateIsBetweenZeroAndOneAndTakesNanToZero() {
        assertThat(CommonFunctions.saturate(1.5f)).isEqualTo(1);
        assertThat(CommonFunctions.saturate(-1.5f)).isZero();
        assertThat(CommonFunctions.saturate(0.3f)).isEqualTo(0.3f);
        assertThat(CommonFunctions.saturate(NAN)).isZero();
    }

    @Test
    void mixIsLinearBetweenItsEnds() {
        assertThat(CommonFunctions.mix(2, 10, 0)).isEqualTo(2);
        assertThat(CommonFunctions.mix(2, 10, 1)).isEqualTo(10);
        assertThat(CommonFunctions.mix(2, 10, 0.25f)).isEqualTo(4);
    }

    @Test
    void signKeepsZerosAndTakesNanToZero() {
        assertThat(CommonFunctions.sign(7)).isEqualTo(1);
        assertThat(CommonFunctions.sign(-Float.MIN_VALUE)).isEqualTo(-1);
        assertThat(Float.floatToRawIntBits(CommonFunctions.sign(-0f))).isEqualTo(Integer.MIN_VALUE);
        assertThat(Float.floatToRawIntBits(CommonFunctions.sign(0f))).isZero();
        assertThat(Float.floatToRawIntBits(CommonFunctions.sign(NAN))).isZero();
    }

    @Test
    void smoothstepIsTheHermitePolynomial() {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            var low = random.nextFloat() * 10 - 5;
            var high = low + 0.5f + random.nextFloat() * 5;
            var x = random.nextFloat() * 16 - 8;
            var t = Math.clamp(((double) x - low) / ((double) high - low), 0.0, 1.0);
            assertThat((double) CommonFunctions.smoothstep(low, high, x))
                    .isCloseTo(3 * t * t - 2 * t * t * t, offset(4e-6));
        }
        assertThat(CommonFunctions.smoothstep(1, 3, 1)).isZero();
        assertThat(CommonFunctions.smoothstep(1, 3, 3)).isEqualTo(1);
    }

    @Test
    void stepIsOneFromTheEdgeOn() {
        assertThat(CommonFunctions.step(2, 1.9f)).isZero();
        assertThat(CommonFunctions.step(2, 2)).isEqualTo(1);
        assertThat(CommonFunctions.step(2, 3)).isEqualTo(1);
    }

    @Test
    void floatsAreClassifiedByTheirBits() {
        for (float x : EDGES) {
            var bits = Float.floatToRawIntBits(x);
            var exponent = bits >> 23 & 0xff;
            var fraction = bits & 0x7f_ffff;
            assertThat(RelationalFunctions.isfinite(x)).isEqualTo(exponent != 255 ? 1 : 0);
            assertThat(RelationalFunctions.isinf(x)).isEqualTo(exponent == 255 && fraction == 0 ? 1 : 0);
            assertThat(RelationalFunctions.isnan(x)).isEqualTo(exponent == 255 && fraction != 0 ? 1 : 0);
            assertThat(RelationalFunctions.isnormal(x)).isEqualTo(exponent != 255 && exponent != 0 ? 1 : 0);
            assertThat(RelationalFunctions.signbit(x)).isEqualTo(bits < 0 ? 1 : 0);
        }
        assertThat(RelationalFunctions.signbit(Float.intBitsToFloat(0xffc0_0000)))
                .isOne();
    }

    @Test
    void aHalfIsNormalByItsOwnExponent() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            var exponent = bits >> 10 & 31;
            assertThat(RelationalFunctions.isnormalHalf(Half.fromBits(bits)))
                    .isEqualTo(exponent != 0 && exponent != 31 ? 1 : 0);
        }
        assertThat(Library.method("isnormal", List.of(ScalarType.BFLOAT)).name())
                .isEqualTo("isnormal");
    }

    @Test
    void floatsAreOrderedUnlessOneIsNan() {
        for (float x : EDGES) {
            for (float y : EDGES) {
                var ordered = x < y || x > y || x == y;
                assertThat(RelationalFunctions.isordered(x, y)).isEqualTo(ordered ? 1 : 0);
                assertThat(RelationalFunctions.isunordered(x, y)).isEqualTo(ordered ? 0 : 1);
            }
        }
    }

    @Test
    void allAnyAndNotAreLogic() {
        for (int bits = 0; bits < 16; bits++) {
            int x = bits & 1;
            int y = bits >> 1 & 1;
            int z = bits >> 2 & 1;
            int w = bits >> 3;
            assertThat(RelationalFunctions.all(x, y, z, w)).isEqualTo(bits == 15 ? 1 : 0);
            assertThat(RelationalFunctions.any(x, y, z, w)).isEqualTo(bits != 0 ? 1 : 0);
            assertThat(RelationalFunctions.all(x, y, z)).isEqualTo((bits & 7) == 7 ? 1 : 0);
            assertThat(RelationalFunctions.any(x, y, z)).isEqualTo((bits & 7) != 0 ? 1 : 0);
            assertThat(RelationalFunctions.all(x, y)).isEqualTo((bits & 3) == 3 ? 1 : 0);
            assertThat(RelationalFunctions.any(x, y)).isEqualTo((bits & 3) != 0 ? 1 : 0);
            assertThat(RelationalFunctions.all(x)).isEqualTo(x);
            assertThat(RelationalFunctions.any(x)).isEqualTo(x);
            assertThat(RelationalFunctions.not(x)).isEqualTo(x == 0 ? 1 : 0);
        }
    }

    @Test
    void selectTakesTheSecondOperandWhereTheConditionIsTrue() {
        assertThat(RelationalFunctions.select(1, 2, 1)).isEqualTo(2);
        assertThat(RelationalFunctions.select(1, 2, 0)).isEqualTo(1);
        assertThat(RelationalFunctions.select(1L, 2L, 1)).isEqualTo(2);
        assertThat(RelationalFunctions.select(1L, 2L, 0)).isEqualTo(1);
        assertThat(RelationalFunctions.select(1f, NAN, 0)).isEqualTo(1);
        assertThat(RelationalFunctions.select(1f, NAN, 1)).isNaN();
    }

    @Test
    void mixRoundsEachStepOfItsFormula() {
        // 1 + (1e8 - 1) * 0.5: the difference rounds to 1e8, the product is 5e7, the sum rounds back to 5e7.
        assertThat(CommonFunctions.mix(1, 1e8f, 0.5f)).isEqualTo(new BigDecimal("5e7").floatValue());
    }
}
