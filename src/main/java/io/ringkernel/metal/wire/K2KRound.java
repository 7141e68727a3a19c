package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u32;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * The end of one round of a graph, and the beginning of the next.
 *
 * <p><b>Shape.</b> 12 bytes, little-endian, all numbers unsigned:
 *
 * <pre>
 *     0  u32  member_count    4  u32  inbox_bytes     8  u32  is_last
 * </pre>
 *
 * @param memberCount kernels of the graph
 * @param inboxBytes from one kernel's inbox to the next
 * @param isLast whether nothing is handled any more
 */
public record K2KRound(int memberCount, int inboxBytes, boolean isLast) {
    /** Every member, with the names that {@code msl/k2k_round.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u32("member_count"), u32("inbox_bytes"), u32("is_last"))
            .withName("K2KRound");

    /** Size of the struct, in bytes. */
    public static final int BYTE_SIZE = 12;

    private static final long MEMBER_COUNT = Wire.offset(LAYOUT, "member_count");
    private static final long INBOX_BYTES = Wire.offset(LAYOUT, "inbox_bytes");
    private static final long IS_LAST = Wire.offset(LAYOUT, "is_last");

    /**
     * Writes all 12 bytes.
     *
     * @throws IllegalArgumentException if {@code target} is smaller
     */
    public void writeTo(MemorySegment target) {
        var to = Wire.first(target, BYTE_SIZE);
        u32(to, MEMBER_COUNT, memberCount);
        u32(to, INBOX_BYTES, inboxBytes);
        u32(to, IS_LAST, isLast ? 1 : 0);
    }

    /** The struct's bytes, in memory of their own. */
    public MemorySegment toBytes() {
        var bytes = MemorySegment.ofArray(new byte[BYTE_SIZE]);
        writeTo(bytes);
        return bytes;
    }
}
