package io.ringkernel.metal.wire;

/**
 * Ties a reply to its request: a reply carries the request's message id here.
 *
 * @param value the number on the wire, unsigned; 0 means none
 */
public record CorrelationId(long value) {
    /** Ties a message to nothing. */
    public static final CorrelationId NONE = new CorrelationId(0);

    /** The correlation id that the replies to {@code request} carry. */
    public static CorrelationId of(MessageId request) {
        return new CorrelationId(request.value());
    }

    /** Whether this ties a message to nothing. */
    public boolean isNone() {
        return value == 0;
    }

    @Override
    public String toString() {
        return "corr:%016x".formatted(value);
    }
}
