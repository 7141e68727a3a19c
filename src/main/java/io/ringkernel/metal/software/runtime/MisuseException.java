package io.ringkernel.metal.software.runtime;

/** Leaves a message that was misused; the stub records it as a {@link Violation} and returns zero. */
public final class MisuseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ViolationKind kind;

    public MisuseException(ViolationKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ViolationKind kind() {
        return kind;
    }

    /** Throws unless the condition holds; the message is built only then, by {@link String#formatted}. */
    public static void require(boolean condition, ViolationKind kind, String format, Object... values) {
        if (!condition) {
            throw new MisuseException(kind, format.formatted(values));
        }
    }
}
