package io.ringkernel.metal.msl.run;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message as a kernel writes it: 64-bit words. Type, addresses of subsystem, category and format (0 for none), then
 * for each argument a word with its kind (i, f or p) in the low byte and its number of components above, and the
 * components.
 */
final class LogRecord {
    private static final int HEAD = 4;

    /** A conversion of MSL's printf: vectors, and lengths, which the argument's own type makes redundant. */
    private static final Pattern CONVERSION =
            Pattern.compile("%([-+ #0]*)(\\d+)?(?:\\.(\\d+))?(?:v(\\d+))?(hh|hl|h|ll|l|j|z|t)?([diuoxXcfFeEgGaAp%])");

    private record Argument(char kind, long[] components) {}

    private final long[] words;
    private final LongFunction<MemorySegment> resolver;

    LogRecord(MemorySegment memory, long offset, int length, LongFunction<MemorySegment> resolver) {
        this.words = new long[length];
        this.resolver = resolver;
        for (int i = 0; i < length; i++) {
            words[i] = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + (long) i * Long.BYTES);
        }
    }

    void sendTo(LogSink sink) {
        sink.log((int) words[0], text(words[1]), text(words[2]), message());
    }

    private String text(long address) {
        if (address == 0) {
            return null;
        }
        var memory = resolver.apply(address);
        long from = address - memory.address();
        long end = from;
        while (memory.get(ValueLayout.JAVA_BYTE, end) != 0) {
            end++;
        }
        var bytes = memory.asSlice(from, end - from).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private List<Argument> arguments() {
        var arguments = new ArrayList<Argument>();
        int next = HEAD;
        while (next < words.length) {
            var components = new long[(int) (words[next] >>> 8)];
            System.arraycopy(words, next + 1, components, 0, components.length);
            arguments.add(new Argument((char) (words[next] & 0xff), components));
            next += 1 + components.length;
        }
        return arguments;
    }

    private String message() {
        var arguments = arguments().iterator();
        var matcher = CONVERSION.matcher(text(words[HEAD - 1]));
        var message = new StringBuilder();
        while (matcher.find()) {
            var replaced = matcher.group(6).equals("%")
                    ? "%"
                    : arguments.hasNext() ? converted(matcher, arguments.next()) : matcher.group();
            matcher.appendReplacement(message, Matcher.quoteReplacement(replaced));
        }
        return matcher.appendTail(message).toString();
    }

    /** One argument as its conversion says; the components of a vector are apart by commas. */
    private static String converted(Matcher conversion, Argument argument) {
        var texts = new ArrayList<String>();
        for (long component : argument.components()) {
            texts.add(converted(conversion, argument.kind(), component));
        }
        return String.join(",", texts);
    }

    private static String converted(Matcher conversion, char kind, long bits) {
        var width = conversion.group(2) == null ? "" : conversion.group(2);
        var precision = conversion.group(3) == null ? "" : "." + conversion.group(3);
        char letter = conversion.group(6).charAt(0);
        double real = kind == 'f' ? Float.intBitsToFloat((int) bits) : bits;
        long whole = kind == 'f' ? (long) real : bits;
        var flags = conversion.group(1);
        return switch (letter) {
            case 'd', 'i' -> format(flags, width, "", 'd', whole);
            case 'u' -> format(flags, width, "", 's', Long.toUnsignedString(narrow(conversion, whole)));
            case 'o', 'x', 'X' -> format(flags, width, "", letter, narrow(conversion, whole));
            case 'c' -> format(flags, width, "", 'c', (int) (whole & 0xff));
            case 'p' -> format("#", width, "", 'x', whole);
            case 'a', 'A' -> Double.toHexString(real);
            case 'F' -> format(flags, width, precision, 'f', real);
            case 'g', 'G' -> format(flags.replace("#", ""), width, precision, letter, real);
            default -> format(flags, width, precision, letter, real);
        };
    }

    /** An unsigned conversion of an int shows 32 bits unless its length says more. */
    private static long narrow(Matcher conversion, long value) {
        var length = conversion.group(5) == null ? "" : conversion.group(5);
        return switch (length) {
            case "hh" -> value & 0xff;
            case "h" -> value & 0xffff;
            case "l", "ll", "j", "z", "t" -> value;
            default -> Integer.toUnsignedLong((int) value);
        };
    }

    private static String format(String flags, String width, String precision, char letter, Object value) {
        boolean text = letter == 's' || letter == 'c';
        boolean hex = letter == 'x' || letter == 'X' || letter == 'o';
        var allowed = text ? flags.replaceAll("[^-]", "") : hex ? flags.replaceAll("[+ ]", "") : flags.replace("#", "");
        if (width.isEmpty()) {
            allowed = allowed.replaceAll("[-0]", "");
        }
        try (var formatter = new Formatter(Locale.ROOT)) {
            return formatter
                    .format("%" + allowed + width + precision + letter, value)
                    .toString();
        }
    }
}
