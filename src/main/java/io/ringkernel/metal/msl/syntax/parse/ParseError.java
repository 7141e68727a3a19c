package io.ringkernel.metal.msl.syntax.parse;

/** Leaves the construct that cannot be parsed; the message is reported already, or the attempt was tentative. */
final class ParseError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final ParseError INSTANCE = new ParseError();

    private ParseError() {
        super(null, null, false, false);
    }
}
