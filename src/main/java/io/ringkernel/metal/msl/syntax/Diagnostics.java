package io.ringkernel.metal.msl.syntax;

import io.ringkernel.metal.msl.syntax.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the messages of one compilation, in the order they were reported; used by one thread.
 *
 * <p>The error after {@link #ERROR_LIMIT} others ends the compilation with a {@link CompilationAbortedException}.
 */
public final class Diagnostics {
    /** As many errors as clang reports before it stops. */
    public static final int ERROR_LIMIT = 20;

    private final List<Diagnostic> messages = new ArrayList<>();
    private int errorCount;
    private SourcePosition reached;

    /** Notes what is compiled from here on, for a failure that knows no place. */
    public void reach(SourcePosition position) {
        reached = position;
    }

    /** The construct that the compiler came to last, if it came to one. */
    public Optional<SourcePosition> reached() {
        return Optional.ofNullable(reached);
    }

    /** Reports an error; the compilation fails, and goes on to find further errors. */
    public void error(SourcePosition position, String message) {
        if (errorCount == ERROR_LIMIT) {
            messages.add(new Diagnostic(Severity.ERROR, position, "too many errors emitted, stopping now"));
            throw new CompilationAbortedException();
        }
        report(Severity.ERROR, position, message);
        errorCount++;
    }

    /** Whether this error was reported already, as by another instance of the same template. */
    public boolean isKnown(SourcePosition position, String message) {
        return messages.contains(new Diagnostic(Severity.ERROR, position, message));
    }

    /** Reports an error after which nothing sensible can be read. */
    public CompilationAbortedException fatal(SourcePosition position, String message) {
        report(Severity.ERROR, position, message);
        errorCount++;
        return new CompilationAbortedException();
    }

    /** Reports something legal but doubtful. */
    public void warning(SourcePosition position, String message) {
        report(Severity.WARNING, position, message);
    }

    /** Adds to the message before it. */
    public void note(SourcePosition position, String message) {
        messages.add(new Diagnostic(Severity.NOTE, position, message));
    }

    /** Whether the program is refused. */
    public boolean hasErrors() {
        return errorCount > 0;
    }

    public int errorCount() {
        return errorCount;
    }

    /** All messages so far. */
    public List<Diagnostic> messages() {
        return List.copyOf(messages);
    }

    private void report(Severity severity, SourcePosition position, String message) {
        messages.add(new Diagnostic(severity, position, message));
        position.expansion().ifPresent(from -> note(from.spelling(), "expanded from macro '" + from.macro() + "'"));
    }
}
