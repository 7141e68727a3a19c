package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.Arrays;

/**
 * The characters of a source with its spliced lines joined (a backslash at a line's end disappears), and for each the
 * place it came from. Positions are asked for in ascending order.
 */
final class SourceText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String file;
    private final char[] characters;
    /** Where each character was before joining; null when nothing was joined. */
    private final int[] origins;

    private final int[] lineStarts;
    private int line;

    SourceText(String file, String text) {
        this.file = file;
        this.lineStarts = lineStarts(text);
        if (text.indexOf('\\') < 0) {
            this.characters = text.toCharArray();
            this.origins = null;
        } else {
            var kept = new char[text.length()];
            var from = new int[text.length() + 1];
            int length = 0;
            for (int i = 0; i < text.length(); i++) {
                int splice = spliceLength(text, i);
                if (splice > 0) {
                    i += splice - 1;
                    continue;
                }
                from[length] = i;
                kept[length++] = text.charAt(i);
            }
            from[length] = text.length();
            this.characters = Arrays.copyOf(kept, length);
            this.origins = from;
        }
        if (characters.length > 0 && characters[0] == BYTE_ORDER_MARK) {
            characters[0] = ' ';
        }
    }

    int length() {
        return characters.length;
    }

    /** The character at an offset; 0 past the end. */
    char at(int offset) {
        return offset < characters.length ? characters[offset] : 0;
    }

    String slice(int from, int to) {
        return new String(characters, from, to - from);
    }

    /** The place of a character; offsets of successive calls never decrease. */
    SourcePosition position(int offset) {
        int origin = origins == null ? offset : origins[offset];
        while (line + 1 < lineStarts.length && lineStarts[line + 1] <= origin) {
            line++;
        }
        return new SourcePosition(file, line + 1, origin - lineStarts[line] + 1);
    }

    private static int spliceLength(String text, int at) {
        if (text.charAt(at) != '\\') {
            return 0;
        }
        int end = at + 1;
        if (end < text.length() && text.charAt(end) == '\r') {
            end++;
        }
        return end < text.length() && text.charAt(end) == '\n' ? end + 1 - at : 0;
    }

    private static int[] lineStarts(String text) {
        var starts = new int[16];
        int count = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = i + 1;
        }
        return Arrays.copyOf(starts, count);
    }
}
