package io.ringkernel.metal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One finding of the MSL compiler.
 *
 * @param severity how bad it is
 * @param line counts from 1
 * @param column counts from 1
 * @param message the text, without place and severity
 */
public record MetalDiagnostic(Severity severity, int line, int column, String message) {
    /** Clang's form, which Metal's compiler prints: {@code program_source:12:5: error: text}. */
    private static final Pattern LINE =
            Pattern.compile("^(?:.*?):(\\d+):(\\d+): (error|warning|note): (.*)$", Pattern.MULTILINE);

    /** How bad a finding is; only an error stops a compilation. */
    public enum Severity {
        /** The source is not valid. */
        ERROR,
        /** The source is valid and probably not what was meant. */
        WARNING,
        /** Says more about the finding before it. */
        NOTE
    }

    static List<MetalDiagnostic> parse(String text) {
        var found = new ArrayList<MetalDiagnostic>();
        var matcher = LINE.matcher(text);
        while (matcher.find()) {
            var severity = Severity.valueOf(matcher.group(3).toUpperCase(Locale.ROOT));
            int line = Integer.parseInt(matcher.group(1));
            int column = Integer.parseInt(matcher.group(2));
            found.add(new MetalDiagnostic(severity, line, column, matcher.group(4)));
        }
        return List.copyOf(found);
    }
}
