package io.ringkernel.metal.msl.syntax.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.Expression.FloatSuffix;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumberLiteralTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, false, false, 0",
        "42, 42, true, false, 0",
        "1'000'000, 1000000, true, false, 0",
        "017, 15, false, false, 0",
        "0xFFu, 255, false, true, 0",
        "0Xdead'beefUL, 3735928559, false, true, 1",
        "0b1010l, 10, false, false, 1",
        "7llu, 7, true, true, 2",
        "0xbf, 191, false, false, 0",
        "18446744073709551615ul, 18446744073709551615, true, true, 1"
    })
    void integersHaveTheirValueAndSuffix(String text, String value, boolean decimal, boolean unsigned, int longs) {
        var expected = new NumberLiteral.Whole(Long.parseUnsignedLong(value), decimal, unsigned, longs);
        boolean zero = text.equals("0");
        assertThat(NumberLiteral.parse(text)).isEqualTo(zero ? new NumberLiteral.Whole(0, true, false, 0) : expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1, NONE",
        "1., 1, NONE",
        ".5f, 0.5, FLOAT",
        "1e3F, 1000, FLOAT",
        "2.5e-2h, 0.025, HALF",
        "1.5bf, 1.5, BFLOAT",
        "3.0BF, 3, BFLOAT",
        "1'0.2'5l, 10.25, LONG",
        "0x1.8p3, 12, NONE",
        "0x.8p-1f, 0.25, FLOAT",
        "0x1p-10h, 0.0009765625, HALF",
        "0xA.p0bf, 10, BFLOAT"
    })
    void floatsHaveTheirExactValueAndSuffix(String text, BigDecimal value, FloatSuffix suffix) {
        var parsed = (NumberLiteral.Floating) NumberLiteral.parse(text);
        assertThat(parsed.value()).isEqualByComparingTo(value);
        assertThat(parsed.suffix()).isEqualTo(suffix);
    }

    @Test
    void hexadecimalFloatsAgreeWithJavas() {
        for (var text : new String[] {"0x1.fffffep127", "0x1p-126", "0x1.921fb6p1", "0x1p-149"}) {
            var parsed = (NumberLiteral.Floating) NumberLiteral.parse(text + "f");
            assertThat(parsed.value().floatValue()).isEqualTo(Float.parseFloat(text));
        }
    }

    @Test
    void absurdExponentsAreStillHugeAndTiny() {
        var huge = (NumberLiteral.Floating) NumberLiteral.parse("1e999999999999f");
        var tiny = (NumberLiteral.Floating) NumberLiteral.parse("0x1p-999999999999");
        assertThat(huge.value().doubleValue()).isInfinite();
        assertThat(tiny.value().doubleValue()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "08, invalid digit '8' in octal constant",
        "0b12, invalid digit '2' in binary constant",
        "1f, invalid suffix 'f' on integer constant",
        "0x, invalid suffix 'x' on integer constant",
        "12abc, invalid suffix 'abc' on integer constant",
        "1uu, invalid suffix 'uu' on integer constant",
        "1.0q, invalid suffix 'q' on floating constant",
        "1.0.0, invalid suffix '.0' on floating constant",
        "0x1.0, hexadecimal floating constant requires an exponent",
        "18446744073709551616, integer literal is too large to be represented in any integer type"
    })
    void whatIsNoNumberIsSaidToBeNone(String text, String message) {
        assertThat(NumberLiteral.parse(text)).isEqualTo(new NumberLiteral.Malformed(message));
    }
}
