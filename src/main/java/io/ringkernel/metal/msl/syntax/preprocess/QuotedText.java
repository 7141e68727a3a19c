package io.ringkernel.metal.msl.syntax.preprocess;

import java.util.Optional;

/**
 * A character or string literal without its quotes and with its escapes resolved.
 *
 * @param prefix empty, {@code u8}, {@code u}, {@code U} or {@code L}
 * @param problem what is wrong with an escape, if anything is
 */
public record QuotedText(String prefix, String value, Optional<String> problem) {
    private static final String SIMPLE_ESCAPES = "n\nt\tr\ra\u0007b\bf\fv\u000Be\u001B\\\\''\"\"??";

    /** Reads the text of a {@link TokenKind#STRING} or {@link TokenKind#CHARACTER}. */
    public static QuotedText parse(String literal) {
        int open = 0;
        while (literal.charAt(open) != '"' && literal.charAt(open) != '\'') {
            open++;
        }
        var prefix = literal.substring(0, open);
        if (prefix.endsWith("R")) {
            int start = literal.indexOf('(') + 1;
            int delimiter = start - open - 2;
            int end = Math.max(start, literal.length() - delimiter - 2);
            return new QuotedText(prefix.substring(0, open - 1), literal.substring(start, end), Optional.empty());
        }
        return new Reader(prefix, literal.substring(open + 1, literal.length() - 1)).read();
    }

    private static final class Reader {
        private final String prefix;
        private final String text;
        private final StringBuilder value = new StringBuilder();
        private Optional<String> problem = Optional.empty();
        private int at;

        Reader(String prefix, String text) {
            this.prefix = prefix;
            this.text = text;
        }

        QuotedText read() {
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '\\' && at < text.length()) {
                    escape(text.charAt(at++));
                } else {
                    value.append(c);
                }
            }
            return new QuotedText(prefix, value.toString(), problem);
        }

        private void escape(char c) {
            int simple = simpleEscape(c);
            if (simple >= 0) {
                value.append((char) simple);
            } else if (c >= '0' && c <= '7') {
                at--;
                value.append((char) number(8, 3));
            } else if (c == 'x') {
                number(c, 16, Integer.MAX_VALUE);
            } else if (c == 'u' || c == 'U') {
                number(c, 16, c == 'u' ? 4 : 8);
            } else {
                problem = Optional.of("unknown escape sequence '\\" + c + "'");
                value.append(c);
            }
        }

        private void number(char escape, int radix, int limit) {
            int start = at;
            int code = number(radix, limit);
            if (at == start) {
                problem = Optional.of("\\" + escape + " used with no following hex digits");
            } else if (Character.isValidCodePoint(code)) {
                value.appendCodePoint(code);
            } else {
                problem = Optional.of("hex escape sequence out of range");
            }
        }

        private int number(int radix, int limit) {
            int result = 0;
            for (int count = 0; count < limit && at < text.length(); count++, at++) {
                int digit = Character.digit(text.charAt(at), radix);
                if (digit < 0) {
                    break;
                }
                result = (int) Math.min(Integer.MAX_VALUE, (long) result * radix + digit);
            }
            return result;
        }

        private static int simpleEscape(char c) {
            for (int i = 0; i < SIMPLE_ESCAPES.length(); i += 2) {
                if (SIMPLE_ESCAPES.charAt(i) == c) {
                    return SIMPLE_ESCAPES.charAt(i + 1);
                }
            }
            return -1;
        }
    }
}
