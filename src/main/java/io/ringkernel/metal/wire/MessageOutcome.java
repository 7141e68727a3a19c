package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u32;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * What became of the messages of a batch: a view over an array of structs, one for each message.
 *
 * <p><b>Shape.</b> 8 bytes for each message, little-endian, all numbers unsigned:
 *
 * <pre>
 *     0  u32  reply_count     4  u32 atomic  error
 * </pre>
 */
public final class MessageOutcome {
    /** Every member, with the names that {@code msl/ring_kernel.metal} uses. */
    public static final StructLayout LAYOUT =
            MemoryLayout.structLayout(u32("reply_count"), u32("error")).withName("MessageOutcome");

    /** Size of one outcome, in bytes. */
    public static final int BYTE_SIZE = 8;

    private static final long REPLY_COUNT = Wire.offset(LAYOUT, "reply_count");
    private static final long ERROR = Wire.offset(LAYOUT, "error");

    private final MemorySegment segment;

    private MessageOutcome(MemorySegment segment) {
        this.segment = segment;
    }

    /** A view over as many outcomes as {@code segment} has room for, as they are. */
    public static MessageOutcome of(MemorySegment segment) {
        return new MessageOutcome(segment);
    }

    /** Clears the outcomes of the first messages. */
    public void clear(int messages) {
        segment.asSlice(0, (long) messages * BYTE_SIZE).fill((byte) 0);
    }

    /** Clears all outcomes. */
    public void clear() {
        segment.fill((byte) 0);
    }

    /** How many outputs were written for a message. */
    public int replyCount(int message) {
        return u32(segment, (long) message * BYTE_SIZE + REPLY_COUNT);
    }

    /** 0, the number of a {@link ControlBlock.Failure}, or what the handler reported. */
    public int error(int message) {
        return u32(segment, (long) message * BYTE_SIZE + ERROR);
    }
}
