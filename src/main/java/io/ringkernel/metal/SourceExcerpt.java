package io.ringkernel.metal;

import java.util.regex.Pattern;

/** Shows the lines that a compiler's text names, each with a caret below the column, as Clang does. */
final class SourceExcerpt {
    private static final Pattern PLACE = Pattern.compile("(\\S+):(\\d+):(\\d+): (?:error|warning|note): .*");
    private static final Pattern LINE_DIRECTIVE = Pattern.compile("\\s*#\\s*line\\s+(\\d+)(?:\\s+\"([^\"]*)\")?.*");

    /** What Metal calls a source that was given as text. */
    private static final String SOURCE = "program_source";

    private SourceExcerpt() {}

    /**
     * The text with excerpts of the source; one that has them already, as Apple's compiler gives it, stays as it is.
     */
    static String annotate(String text, String source) {
        var lines = text.lines().toList();
        var result = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            result.append(i == 0 ? "" : "\n").append(lines.get(i));
            var place = PLACE.matcher(lines.get(i));
            boolean isLast =
                    i + 1 == lines.size() || PLACE.matcher(lines.get(i + 1)).find();
            if (isLast && place.find()) {
                var name = place.group(1);
                result.append(excerpt(source, name, number(place.group(2)), number(place.group(3))));
            }
        }
        return result.toString();
    }

    private static int number(String digits) {
        return digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    private static String excerpt(String source, String file, int line, int column) {
        var found = line(source, file, line);
        if (found == null || column < 1 || column > found.length() + 1) {
            return "";
        }
        // Tabs stay, so that the caret stands below its column however wide they are.
        var indent = found.substring(0, column - 1).replaceAll("[^\t]", " ");
        return "\n" + found + "\n" + indent + "^";
    }

    /** The line that a file's name and number stand for, by the line directives before it; null if there is none. */
    private static String line(String source, String file, int line) {
        var name = SOURCE;
        int number = 0;
        for (var text : source.split("\\R", -1)) {
            number++;
            var directive = LINE_DIRECTIVE.matcher(text);
            if (directive.matches()) {
                number = number(directive.group(1)) - 1;
                name = directive.group(2) == null ? name : directive.group(2);
            } else if (number == line && name.equals(file)) {
                return text;
            }
        }
        return null;
    }
}
