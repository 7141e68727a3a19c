package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.ir.TooLargeException;
import io.ringkernel.metal.msl.syntax.SourcePosition;

/** A construct that is valid MSL and that no code can be generated for; the message names it. */
public final class UnsupportedCodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SourcePosition position;

    UnsupportedCodeException(SourcePosition position, String construct) {
        this(position, construct + " is not supported", null);
    }

    private UnsupportedCodeException(SourcePosition position, String message, Throwable cause) {
        super(message, cause);
        this.position = position;
    }

    /** A kernel that is more than the JVM can hold. */
    public static UnsupportedCodeException of(Kernel kernel, TooLargeException cause) {
        var start = kernel.function().position();
        var position = cause.line() == 0 ? start : new SourcePosition(start.file(), cause.line(), 1);
        var message = "kernel '" + kernel.name() + "' is too large for the software device: " + cause.getMessage();
        return new UnsupportedCodeException(position, message, cause);
    }

    public SourcePosition position() {
        return position;
    }
}
