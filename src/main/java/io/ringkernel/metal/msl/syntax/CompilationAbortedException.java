package io.ringkernel.metal.msl.syntax;

/** Ends a compilation whose {@link Diagnostics} already say why. */
public final class CompilationAbortedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CompilationAbortedException() {
        super("compilation aborted: see its diagnostics", null, false, false);
    }
}
