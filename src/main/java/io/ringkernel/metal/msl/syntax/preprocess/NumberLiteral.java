package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Expression.FloatSuffix;
import java.math.BigDecimal;

/** The value of a number as C++ and MSL write it, or what is wrong with it. */
public sealed interface NumberLiteral {
    /** The value as 64 unsigned bits; {@code longs} counts the {@code l} of the suffix. */
    record Whole(long value, boolean decimal, boolean unsigned, int longs) implements NumberLiteral {}

    /** The exact value. */
    record Floating(BigDecimal value, FloatSuffix suffix) implements NumberLiteral {}

    /** Not a literal. */
    record Malformed(String message) implements NumberLiteral {}

    /** Reads the text of a {@link TokenKind#NUMBER}. */
    static NumberLiteral parse(String text) {
        return NumberLiteralParser.parse(text);
    }
}
