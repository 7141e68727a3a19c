package io.ringkernel.metal.msl.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PackFunctionsTest {

    private static final List<Float> VALUES = List.of(
            0f,
            -0f,
            1f,
            -1f,
            0.5f,
            -0.5f,
            0.25f,
            1 / 3f,
            0.999f,
            1.5f,
            -7f,
            1e-6f,
            0.00196f,
            0.005f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY);

    /** Clamped, scaled without error, rounded half to even. */
    private static int normalised(float x, int low, int scale) {
        if (x != x) {
            return 0;
        }
        var clamped = new BigDecimal(Math.clamp(x, (float) low, 1f));
        return clamped.multiply(BigDecimal.valueOf(scale))
                .setScale(0, RoundingMode.HALF_EVEN)
                .intValue();
    }

    @Test
    void unsignedComponentsFillTheirFieldsFromTheLowestBits() {
        for (float x : VALUES) {
            var y = 0.4f;
            assertThat(PackFunctions.packUnorm4x8(x, 1, 0, y))
                    .isEqualTo(normalised(x, 0, 255) | 255 << 8 | normalised(y, 0, 255) << 24);
            assertThat(PackFunctions.packUnorm4x8(0, 0, x, 0)).isEqualTo(normalised(x, 0, 255) << 16);
            assertThat(PackFunctions.packUnorm2x16(x, y))
                    .isEqualTo(normalised(x, 0, 65_535) | normalised(y, 0, 65_535) << 16);
            assertThat(PackFunctions.packUnorm10a2(x, y, x, y))
                    .isEqualTo(normalised(x, 0, 1023)
                            | normalised(y, 0, 1023) << 10
                            | normalised(x, 0, 1023) << 20
                            | normalised(y, 0, 3) << 30);
            assertThat(PackFunctions.packUnorm565(x, y, x))
                    .isEqualTo(normalised(x, 0, 31) | normalised(y, 0, 63) << 5 | normalised(x, 0, 31) << 11);
        }
    }

    @Test
    void signedComponentsAreTwosComplementInTheirFields() {
        for (float x : VALUES) {
            var y = -0.4f;
            assertThat(PackFunctions.packSnorm4x8(x, y, 0, -1))
                    .isEqualTo(normalised(x, -1, 127) & 255 | (normalised(y, -1, 127) & 255) << 8 | -127 << 24);
            assertThat(PackFunctions.packSnorm2x16(x, y))
                    .isEqualTo(normalised(x, -1, 32_767) & 0xffff | normalised(y, -1, 32_767) << 16);
            assertThat(PackFunctions.packSnorm10a2(x, y, 1, -1))
                    .isEqualTo(normalised(x, -1, 511) & 1023
                            | (normalised(y, -1, 511) & 1023) << 10
                            | 511 << 20
                            | -1 << 30);
        }
    }

    @Test
    void halvesRoundToEven() {
        // 0.5 * 255 = 127.5 and 0.5 * 127 = 63.5
        assertThat(PackFunctions.packUnorm4x8(0.5f, 0, 0, 0)).isEqualTo(128);
        assertThat(PackFunctions.packSnorm4x8(0.5f, 0, 0, 0)).isEqualTo(64);
        assertThat(PackFunctions.packUnorm565(0.5f, 0, 0)).isEqualTo(16);
    }

    @Test
    void unsignedComponentsUnpackToTheNearestFloat() {
        for (int c = 0; c <= 65_535; c++) {
            assertThat(PackFunctions.unpackUnorm2x16(c << 16 | 0x1234, 1)).isEqualTo(quotient(c, 65_535));
            if (c <= 255) {
                assertThat(PackFunctions.unpackUnorm4x8(c << 24 | 0x123456, 3)).isEqualTo(quotient(c, 255));
                assertThat(PackFunctions.unpackUnorm4x8(0x12345600 | c, 0)).isEqualTo(quotient(c, 255));
            }
            if (c <= 1023) {
                assertThat(PackFunctions.unpackUnorm10a2(c << 20 | 0xc00f_ffff, 2))
                        .isEqualTo(quotient(c, 1023));
            }
        }
        assertThat(PackFunctions.unpackUnorm10a2(0x8000_0000, 3)).isEqualTo(quotient(2, 3));
        assertThat(PackFunctions.unpackUnorm565(0b10101_110011_00111, 0)).isEqualTo(quotient(0b00111, 31));
        assertThat(PackFunctions.unpackUnorm565(0b10101_110011_00111, 1)).isEqualTo(quotient(0b110011, 63));
        assertThat(PackFunctions.unpackUnorm565(0b10101_110011_00111, 2)).isEqualTo(quotient(0b10101, 31));
    }

    private static float quotient(int c, int scale) {
        return Exact.divide(BigDecimal.valueOf(c), BigDecimal.valueOf(scale)).floatValue();
    }

    @Test
    void theTwoSmallestSignedIntegersUnpackToMinusOne() {
        for (int c = -128; c <= 127; c++) {
            var expected = c == -128 ? -1 : quotient(c, 127);
            assertThat(PackFunctions.unpackSnorm4x8((c & 255) << 8 | 0x7f00_007f, 1))
                    .isEqualTo(expected);
            assertThat(PackFunctions.unpackSnorm4x8(c << 24, 3)).isEqualTo(expected);
        }
        for (int c = -32_768; c <= 32_767; c++) {
            var expected = c == -32_768 ? -1 : quotient(c, 32_767);
            assertThat(PackFunctions.unpackSnorm2x16(c << 16, 1)).isEqualTo(expected);
            assertThat(PackFunctions.unpackSnorm2x16(c & 0xffff, 0)).isEqualTo(expected);
        }
        for (int c = -512; c <= 511; c++) {
            assertThat(PackFunctions.unpackSnorm10a2((c & 1023) << 10, 1)).isEqualTo(c == -512 ? -1 : quotient(c, 511));
        }
        for (int c = -2; c <= 1; c++) {
            assertThat(PackFunctions.unpackSnorm10a2(c << 30, 3)).isEqualTo(Math.max(-1, c));
        }
    }

    @Test
    void everyPackedValueSurvivesUnpackingAndPacking() {
        for (int c = 0; c <= 255; c++) {
            var bits = c | c << 8 | c << 16 | c << 24;
            assertThat(PackFunctions.packUnorm4x8(
                            PackFunctions.unpackUnorm4x8(bits, 0),
                            PackFunctions.unpackUnorm4x8(bits, 1),
                            PackFunctions.unpackUnorm4x8(bits, 2),
                            PackFunctions.unpackUnorm4x8(bits, 3)))
                    .isEqualTo(bits);
            assertThat(PackFunctions.packSrgbUnorm4x8(
                            PackFunctions.unpackUnorm4x8Srgb(bits, 0),
                            PackFunctions.unpackUnorm4x8Srgb(bits, 1),
                            PackFunctions.unpackUnorm4x8Srgb(bits, 2),
                            PackFunctions.unpackUnorm4x8Srgb(bits, 3)))
                    .isEqualTo(bits);
        }
    }

    @Test
    void theSrgbCurveIsThatOfItsStandardAndTheFourthComponentLinear() {
        for (int c = 0; c <= 255; c++) {
            var encoded = Exact.divide(BigDecimal.valueOf(c), BigDecimal.valueOf(255));
            var linear = encoded.compareTo(new BigDecimal("0.04045")) <= 0
                    ? Exact.divide(encoded, new BigDecimal("12.92"))
                    : Exact.exp(new BigDecimal("2.4")
                            .multiply(Exact.log(
                                    Exact.divide(encoded.add(new BigDecimal("0.055")), new BigDecimal("1.055")))));
            assertThat(PackFunctions.unpackUnorm4x8Srgb(c << 8, 1)).isEqualTo(linear.floatValue());
            assertThat(PackFunctions.unpackUnorm4x8Srgb(c << 24, 3)).isEqualTo(encoded.floatValue());
        }
        assertThat(PackFunctions.packSrgbUnorm4x8(-1, Float.NaN, 2, 0.5f)).isEqualTo(0x80ff_0000);
    }
}
