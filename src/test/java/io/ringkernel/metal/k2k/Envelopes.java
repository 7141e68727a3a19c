package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.Priority;
import java.nio.ByteBuffer;

/** Envelopes whose payload is a sender's number and a count, so that a receiver can tell what is missing or doubled. */
final class Envelopes {
    private Envelopes() {}

    static MessageEnvelope of(int sender, long count) {
        return of(sender, count, Priority.NORMAL);
    }

    static MessageEnvelope of(int sender, long count, Priority priority) {
        return withDeadline(sender, count, priority, HlcTimestamp.ZERO);
    }

    static MessageEnvelope withDeadline(int sender, long count, Priority priority, HlcTimestamp deadline) {
        var header =
                MessageHeader.of(1, HlcTimestamp.ZERO).withPriority(priority).withDeadline(deadline);
        return MessageEnvelope.of(
                header, ByteBuffer.allocate(12).putInt(sender).putLong(count).array());
    }

    static int sender(K2KMessage message) {
        return ByteBuffer.wrap(message.envelope().payloadBytes()).getInt();
    }

    static long count(K2KMessage message) {
        return ByteBuffer.wrap(message.envelope().payloadBytes()).getLong(4);
    }
}
