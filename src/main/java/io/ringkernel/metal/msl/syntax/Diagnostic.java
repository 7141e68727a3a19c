package io.ringkernel.metal.msl.syntax;

/** One message of the compiler; a note belongs to the nearest error or warning before it. */
public record Diagnostic(Severity severity, SourcePosition position, String message) {
    /** How bad it is: only an error keeps a program from being compiled. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE;

        /** The word that stands in front of the message: {@code error}, {@code warning}, {@code note}. */
        public String word() {
            return switch (this) {
                case ERROR -> "error";
                case WARNING -> "warning";
                case NOTE -> "note";
            };
        }
    }

    /** In the form of Apple's compiler: {@code program_source:3:14: error: use of undeclared identifier 'x'}. */
    @Override
    public String toString() {
        return position + ": " + severity.word() + ": " + message;
    }
}
