package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.syntax.SourcePosition;

/** A construct that is valid MSL and that no code can be generated for; the message names it. */
public final class UnsupportedCodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SourcePosition position;

    UnsupportedCodeException(SourcePosition position, String construct) {
        super(construct + " is not supported");
        this.position = position;
    }

    public SourcePosition position() {
        return position;
    }
}
