package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.syntax.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/** The source was refused; the message has one line per diagnostic, in the form of Apple's compiler. */
public final class MslCompilationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    public MslCompilationException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** All messages, in the order they were found; at least one is an error. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
