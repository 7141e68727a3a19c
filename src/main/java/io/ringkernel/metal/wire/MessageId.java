package io.ringkernel.metal.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Identifies a message.
 *
 * @param value the number on the wire, unsigned; 0 means none
 */
public record MessageId(long value) {
    private static final AtomicLong NEXT = new AtomicLong(1);

    /** A new identifier, unique within this Java virtual machine; any number of threads may call this. */
    public static MessageId generate() {
        return new MessageId(NEXT.getAndIncrement());
    }

    @Override
    public String toString() {
        return "msg:%016x".formatted(value);
    }
}
