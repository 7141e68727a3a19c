package io.ringkernel.metal.msl.syntax;

/** One finding, printed the way clang prints it: {@code file:line:column: error: text}. */
public record Diagnostic(Severity severity, SourcePosition position, String message) {
    /** How bad it is; only ERROR stops a compilation. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    @Override
    public String toString() {
        return position + ": " + severity.name().toLowerCase(java.util.Locale.ROOT) + ": " + message;
    }
}
