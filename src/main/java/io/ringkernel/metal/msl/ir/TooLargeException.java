package io.ringkernel.metal.msl.ir;

/** Valid code that is beyond what the JVM can hold; the message says which limit, and for what. */
public final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /** {@code line} is 0 where none is known. */
    public TooLargeException(String message, int line) {
        super(message);
        this.line = line;
    }

    /** The source line of what is too large, or 0. */
    public int line() {
        return line;
    }
}
