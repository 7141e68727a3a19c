package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.bytes;
import static io.ringkernel.metal.wire.Wire.u32;
import static io.ringkernel.metal.wire.Wire.u64;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * How far a kernel of a graph is in a submission: a view over 64 bytes.
 *
 * <p><b>Shape.</b> 64 bytes, aligned to 64, little-endian, all numbers unsigned:
 *
 * <pre>
 *     0  u64  number      16  u32  round                  28  u32  output_room            40  u32 atomic  failure_count
 *     8  u32  count       20  u32  takes                  32  u32  failure_room           44  u32 atomic  sent
 *    12  u32  handled     24  u32  replies_per_message    36  u32 atomic  output_count    48  16 bytes reserved
 * </pre>
 *
 * <p><b>Threads.</b> As {@link ControlBlock}: plain reads and writes, visible across command-buffer boundaries.
 */
public final class K2KProgress {
    /** Every member, with the names that {@code msl/k2k_round.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u64("number"),
                    u32("count"),
                    u32("handled"),
                    u32("round"),
                    u32("takes"),
                    u32("replies_per_message"),
                    u32("output_room"),
                    u32("failure_room"),
                    u32("output_count"),
                    u32("failure_count"),
                    u32("sent"),
                    bytes("reserved", 16))
            .withByteAlignment(64)
            .withName("K2KProgress");

    /** Size of the struct, in bytes. */
    public static final int BYTE_SIZE = 64;

    private static final long NUMBER = Wire.offset(LAYOUT, "number");
    private static final long COUNT = Wire.offset(LAYOUT, "count");
    private static final long HANDLED = Wire.offset(LAYOUT, "handled");
    private static final long ROUND = Wire.offset(LAYOUT, "round");
    private static final long TAKES = Wire.offset(LAYOUT, "takes");
    private static final long REPLIES_PER_MESSAGE = Wire.offset(LAYOUT, "replies_per_message");
    private static final long OUTPUT_ROOM = Wire.offset(LAYOUT, "output_room");
    private static final long FAILURE_ROOM = Wire.offset(LAYOUT, "failure_room");
    private static final long OUTPUT_COUNT = Wire.offset(LAYOUT, "output_count");
    private static final long FAILURE_COUNT = Wire.offset(LAYOUT, "failure_count");
    private static final long SENT = Wire.offset(LAYOUT, "sent");

    private final MemorySegment segment;

    private K2KProgress(MemorySegment segment) {
        this.segment = segment;
    }

    /**
     * A view over the first 64 bytes of {@code segment}, as they are.
     *
     * @throws IllegalArgumentException if {@code segment} is smaller
     */
    public static K2KProgress of(MemorySegment segment) {
        return new K2KProgress(Wire.first(segment, BYTE_SIZE));
    }

    /** The number of the round's first message, as messages are counted since the launch. */
    public long number() {
        return u64(segment, NUMBER);
    }

    /** Sets {@link #number()}. */
    public void number(long value) {
        u64(segment, NUMBER, value);
    }

    /**
     * Begins a submission of which nothing has been counted yet.
     *
     * @param isTaking whether the kernel handles messages in it
     * @param outputs how many the host takes
     * @param failures how many the host takes
     */
    public void begin(boolean isTaking, int outputs, int failures) {
        u32(segment, ROUND, 0);
        u32(segment, TAKES, isTaking ? 1 : 0);
        u32(segment, OUTPUT_ROOM, outputs);
        u32(segment, FAILURE_ROOM, failures);
        u32(segment, OUTPUT_COUNT, 0);
        u32(segment, FAILURE_COUNT, 0);
        u32(segment, SENT, 0);
    }

    /** Takes back what was counted of a submission that began with a message. */
    public void rollBack(long first) {
        u64(segment, NUMBER, first);
        u32(segment, COUNT, 0);
        u32(segment, HANDLED, 0);
    }

    /** Sets how many outputs each message needs room for. */
    public void repliesPerMessage(int value) {
        u32(segment, REPLIES_PER_MESSAGE, value);
    }

    /** Outputs for the host. */
    public int outputCount() {
        return u32(segment, OUTPUT_COUNT);
    }

    /** Messages that failed. */
    public int failureCount() {
        return u32(segment, FAILURE_COUNT);
    }

    /** Messages that went into inboxes. */
    public int sent() {
        return u32(segment, SENT);
    }
}
