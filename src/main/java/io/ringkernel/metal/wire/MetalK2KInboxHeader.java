package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.bytes;
import static io.ringkernel.metal.wire.Wire.u32;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * The head of an inbox in shared memory, into which other kernels write: a view over 64 bytes.
 *
 * <p><b>Shape.</b> 64 bytes, aligned to 64, little-endian:
 *
 * <pre>
 *     0  u32 atomic  message_count          16  u32         last_source
 *     4  u32         max_messages           20  u32 atomic  lock (kept for the layout, never spun on)
 *     8  u32 atomic  head                   24  u32 atomic  sequence
 *    12  u32 atomic  tail                   28  36 bytes reserved
 * </pre>
 *
 * <p>All numbers are unsigned 32-bit; head, tail and sequence wrap at 2<sup>32</sup>.
 *
 * <p><b>Threads.</b> As {@link ControlBlock}: plain reads and writes, visible across command-buffer boundaries.
 */
public final class MetalK2KInboxHeader {
    /** Every member, with the names that {@code msl/wire.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u32("message_count"),
                    u32("max_messages"),
                    u32("head"),
                    u32("tail"),
                    u32("last_source"),
                    u32("lock"),
                    u32("sequence"),
                    bytes("reserved", 36))
            .withByteAlignment(64)
            .withName("K2KInboxHeader");

    /** Size of an inbox header, in bytes. */
    public static final int BYTE_SIZE = 64;

    private static final long MESSAGE_COUNT = Wire.offset(LAYOUT, "message_count");
    private static final long MAX_MESSAGES = Wire.offset(LAYOUT, "max_messages");
    private static final long HEAD = Wire.offset(LAYOUT, "head");
    private static final long TAIL = Wire.offset(LAYOUT, "tail");
    private static final long LAST_SOURCE = Wire.offset(LAYOUT, "last_source");
    private static final long SEQUENCE = Wire.offset(LAYOUT, "sequence");

    private final MemorySegment segment;

    private MetalK2KInboxHeader(MemorySegment segment) {
        this.segment = segment;
    }

    /**
     * A view over the first 64 bytes of {@code segment}, as they are.
     *
     * @throws IllegalArgumentException if {@code segment} is smaller
     */
    public static MetalK2KInboxHeader of(MemorySegment segment) {
        return new MetalK2KInboxHeader(Wire.first(segment, BYTE_SIZE));
    }

    /**
     * Empties the inbox.
     *
     * @param maxMessages how many messages the inbox holds
     * @throws IllegalArgumentException if {@code maxMessages} is less than 1
     */
    public void initialize(int maxMessages) {
        if (maxMessages < 1) {
            throw new IllegalArgumentException("maxMessages not positive: " + maxMessages);
        }
        segment.fill((byte) 0);
        u32(segment, MAX_MESSAGES, maxMessages);
    }

    /** How many messages were put into the inbox since it was emptied, including those that found no room. */
    public int messageCount() {
        return u32(segment, MESSAGE_COUNT);
    }

    /** Sets {@link #messageCount()}. */
    public void messageCount(int count) {
        u32(segment, MESSAGE_COUNT, count);
    }

    /** How many messages the inbox holds. */
    public int maxMessages() {
        return u32(segment, MAX_MESSAGES);
    }

    /** The count of the next message to read. */
    public int head() {
        return u32(segment, HEAD);
    }

    /** Sets {@link #head()}. */
    public void head(int count) {
        u32(segment, HEAD, count);
    }

    /** The count of the next message to write. */
    public int tail() {
        return u32(segment, TAIL);
    }

    /** Sets {@link #tail()}. */
    public void tail(int count) {
        u32(segment, TAIL, count);
    }

    /** Who wrote last. */
    public int lastSource() {
        return u32(segment, LAST_SOURCE);
    }

    /** How often the inbox was emptied or written; a change says that something happened. */
    public int sequence() {
        return u32(segment, SEQUENCE);
    }
}
