package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Expression.FloatSuffix;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@link NumberLiteral}s. */
final class NumberLiteralParser {
    private static final Pattern HEX_FLOAT =
            Pattern.compile("0[xX]([0-9a-fA-F]*)(?:\\.([0-9a-fA-F]*))?[pP]([+-]?[0-9]+)(.*)");
    private static final Pattern DECIMAL_FLOAT =
            Pattern.compile("([0-9]*)(?:(\\.)([0-9]*))?(?:[eE]([+-]?[0-9]+))?(.*)");
    private static final Pattern SEPARATOR = Pattern.compile("(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])");

    /** Beyond it every type of MSL has overflowed or underflowed: the rounded value is the same, and cheap. */
    private static final int EXPONENT_LIMIT = 20_000;

    private static final Map<String, FloatSuffix> FLOAT_SUFFIXES = Map.of(
            "", FloatSuffix.NONE,
            "f", FloatSuffix.FLOAT,
            "h", FloatSuffix.HALF,
            "bf", FloatSuffix.BFLOAT,
            "l", FloatSuffix.LONG);

    private static final Map<String, NumberLiteral.Whole> INTEGER_SUFFIXES = Map.of(
            "", suffix(false, 0),
            "u", suffix(true, 0),
            "l", suffix(false, 1),
            "ul", suffix(true, 1),
            "lu", suffix(true, 1),
            "ll", suffix(false, 2),
            "ull", suffix(true, 2),
            "llu", suffix(true, 2));

    private NumberLiteralParser() {}

    private static NumberLiteral.Whole suffix(boolean unsigned, int longs) {
        return new NumberLiteral.Whole(0, true, unsigned, longs);
    }

    static NumberLiteral parse(String written) {
        var text = SEPARATOR.matcher(written).replaceAll("");
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("0x")) {
            boolean floating = lower.indexOf('.') >= 0 || lower.indexOf('p') >= 0;
            return floating ? hexFloat(text) : integer(lower, 2, 16, "hexadecimal");
        }
        if (lower.startsWith("0b") && !lower.equals("0bf")) {
            return integer(lower, 2, 2, "binary");
        }
        int digits = digitsEnd(lower, 0, 10);
        boolean exponent = DECIMAL_FLOAT.matcher(text).matches() && hasExponent(lower, digits);
        if (lower.indexOf('.') >= 0 || exponent) {
            return decimalFloat(text);
        }
        boolean octal = lower.length() > 1 && lower.charAt(0) == '0' && digits > 1;
        return octal ? integer(lower, 1, 8, "octal") : integer(lower, 0, 10, "decimal");
    }

    private static boolean hasExponent(String lower, int digits) {
        if (digits >= lower.length() || lower.charAt(digits) != 'e' || digits + 1 >= lower.length()) {
            return false;
        }
        char next = lower.charAt(digits + 1);
        return Lexer.isDigit(next) || (next == '+' || next == '-') && digits + 2 < lower.length();
    }

    private static int digitsEnd(String text, int from, int radix) {
        int end = from;
        while (end < text.length() && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    private static NumberLiteral integer(String text, int from, int radix, String name) {
        int end = digitsEnd(text, from, radix);
        if (end < text.length() && Lexer.isDigit(text.charAt(end))) {
            return new NumberLiteral.Malformed("invalid digit '" + text.charAt(end) + "' in " + name + " constant");
        }
        var suffix = INTEGER_SUFFIXES.get(text.substring(end));
        if (suffix == null || end == from && radix != 8) {
            var tail = end == from && from > 0 ? text.substring(1) : text.substring(end);
            return new NumberLiteral.Malformed("invalid suffix '" + tail + "' on integer constant");
        }
        var value = end == from ? BigInteger.ZERO : new BigInteger(text.substring(from, end), radix);
        if (value.bitLength() > Long.SIZE) {
            return new NumberLiteral.Malformed("integer literal is too large to be represented in any integer type");
        }
        return new NumberLiteral.Whole(value.longValue(), radix == 10, suffix.unsigned(), suffix.longs());
    }

    private static NumberLiteral decimalFloat(String text) {
        var match = DECIMAL_FLOAT.matcher(text);
        if (!match.matches()) {
            return new NumberLiteral.Malformed("invalid floating constant '" + text + "'");
        }
        var suffix = FLOAT_SUFFIXES.get(match.group(5).toLowerCase(Locale.ROOT));
        if (suffix == null) {
            return badFloatSuffix(match.group(5));
        }
        var fraction = match.group(3) == null ? "" : match.group(3);
        var mantissa = new BigDecimal(new BigInteger("0" + match.group(1) + fraction), fraction.length());
        return new NumberLiteral.Floating(mantissa.scaleByPowerOfTen(exponent(match.group(4))), suffix);
    }

    private static NumberLiteral hexFloat(String text) {
        var match = HEX_FLOAT.matcher(text);
        if (!match.matches()) {
            return new NumberLiteral.Malformed("hexadecimal floating constant requires an exponent");
        }
        var fraction = match.group(2) == null ? "" : match.group(2);
        if (match.group(1).isEmpty() && fraction.isEmpty()) {
            return new NumberLiteral.Malformed("hexadecimal floating constant requires a significand");
        }
        var suffix = FLOAT_SUFFIXES.get(match.group(4).toLowerCase(Locale.ROOT));
        if (suffix == null) {
            return badFloatSuffix(match.group(4));
        }
        var mantissa = new BigDecimal(new BigInteger("0" + match.group(1) + fraction, 16));
        int binary = exponent(match.group(3)) - 4 * fraction.length();
        var power = BigDecimal.TWO.pow(Math.min(Math.abs(binary), EXPONENT_LIMIT));
        // 2^-n = 5^n / 10^n, so a quotient by a power of two is exact in decimal.
        var value = binary >= 0
                ? mantissa.multiply(power)
                : mantissa.multiply(BigDecimal.valueOf(5).pow(Math.min(-binary, EXPONENT_LIMIT)))
                        .scaleByPowerOfTen(-Math.min(-binary, EXPONENT_LIMIT));
        return new NumberLiteral.Floating(value, suffix);
    }

    private static NumberLiteral badFloatSuffix(String suffix) {
        return new NumberLiteral.Malformed("invalid suffix '" + suffix + "' on floating constant");
    }

    private static int exponent(String digits) {
        if (digits == null) {
            return 0;
        }
        var value = new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits);
        var limit = BigInteger.valueOf(EXPONENT_LIMIT);
        return value.max(limit.negate()).min(limit).intValue();
    }
}
