package io.ringkernel.metal.wire;

import java.lang.foreign.MemorySegment;

/**
 * Turns messages of one type into payload bytes and back.
 *
 * <p>{@link RecordCodec} does so for records; implement this for anything else. An implementation is immutable or
 * otherwise safe for use by many threads, and {@code decode} gives back what {@code encode} was given.
 *
 * @param <T> the messages
 */
public interface MessageCodec<T> {
    /** The number that stands in the header of such messages, so that receivers know how to read the payload. */
    long messageType();

    /** The priority that a new envelope around {@code message} gets: normal unless overridden. */
    default Priority priority(T message) {
        return Priority.NORMAL;
    }

    /** The correlation id that a new envelope around {@code message} gets: none unless overridden. */
    default CorrelationId correlation(T message) {
        return CorrelationId.NONE;
    }

    /** How many bytes {@code message} needs, 0 to {@link MessageHeader#MAX_PAYLOAD_SIZE}. */
    int byteSize(T message);

    /**
     * Writes the payload of {@code message}, all {@link #byteSize} bytes of it, to the start of {@code target}.
     *
     * @param target at least that many bytes, on or off the Java heap, of any alignment and any content
     * @throws IllegalArgumentException if {@code target} is too small, or the message cannot be encoded
     */
    void encode(T message, MemorySegment target);

    /**
     * Reads a message; {@code payload} is exactly what was written.
     *
     * @throws MalformedMessageException if {@code payload} encodes no message of this type
     */
    T decode(MemorySegment payload);
}
