package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.bytes;
import static io.ringkernel.metal.wire.Wire.u32;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.Objects;

/**
 * Where one of a kernel's neighbours takes its messages.
 *
 * <p><b>Shape.</b> 32 bytes, little-endian:
 *
 * <pre>
 *     0  u32  dest_threadgroup     12  u32  hops               24  8 bytes reserved
 *     4  u32  inbox_offset         16  u32  bandwidth_hint
 *     8  u32  is_active            20  u32  priority
 * </pre>
 *
 * @param destThreadgroup the neighbour, at least 0
 * @param inboxOffset where its inbox starts within the inbox buffer, 0 to 2<sup>32</sup> - 1 bytes
 * @param isActive whether there is a neighbour at all
 * @param hops how many hops away it is, at least 0
 * @param bandwidthHint relative capacity of the connection, at least 0; 0 says nothing
 * @param priority of messages on this route
 */
public record MetalK2KRouteEntry(
        int destThreadgroup, long inboxOffset, boolean isActive, int hops, int bandwidthHint, Priority priority) {
    /** Every member, with the names that {@code msl/wire.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u32("dest_threadgroup"),
                    u32("inbox_offset"),
                    u32("is_active"),
                    u32("hops"),
                    u32("bandwidth_hint"),
                    u32("priority"),
                    bytes("reserved", 8))
            .withName("K2KRouteEntry");

    /** Size of a route entry, in bytes. */
    public static final int BYTE_SIZE = 32;

    /** No neighbour: all bytes zero. */
    public static final MetalK2KRouteEntry NONE = new MetalK2KRouteEntry(0, 0, false, 0, 0, Priority.LOW);

    private static final long DEST_THREADGROUP = Wire.offset(LAYOUT, "dest_threadgroup");
    private static final long INBOX_OFFSET = Wire.offset(LAYOUT, "inbox_offset");
    private static final long IS_ACTIVE = Wire.offset(LAYOUT, "is_active");
    private static final long HOPS = Wire.offset(LAYOUT, "hops");
    private static final long BANDWIDTH_HINT = Wire.offset(LAYOUT, "bandwidth_hint");
    private static final long PRIORITY = Wire.offset(LAYOUT, "priority");

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a number is out of the range that its description tells
     */
    public MetalK2KRouteEntry {
        checkNotNegative("destThreadgroup", destThreadgroup);
        checkNotNegative("hops", hops);
        checkNotNegative("bandwidthHint", bandwidthHint);
        if (inboxOffset < 0 || inboxOffset > 0xffff_ffffL) {
            throw new IllegalArgumentException("inboxOffset not in 0..4294967295: " + inboxOffset);
        }
        Objects.requireNonNull(priority, "priority");
    }

    private static void checkNotNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " negative: " + value);
        }
    }

    /** An active route over one hop, of normal priority. */
    public static MetalK2KRouteEntry to(int destThreadgroup, long inboxOffset) {
        return new MetalK2KRouteEntry(destThreadgroup, inboxOffset, true, 1, 0, Priority.NORMAL);
    }

    /**
     * Writes all 32 bytes.
     *
     * @throws IllegalArgumentException if {@code target} is smaller
     */
    public void writeTo(MemorySegment target) {
        var to = Wire.first(target, BYTE_SIZE);
        to.fill((byte) 0);
        u32(to, DEST_THREADGROUP, destThreadgroup);
        u32(to, INBOX_OFFSET, (int) inboxOffset);
        u32(to, IS_ACTIVE, isActive ? 1 : 0);
        u32(to, HOPS, hops);
        u32(to, BANDWIDTH_HINT, bandwidthHint);
        u32(to, PRIORITY, priority.level());
    }

    /**
     * Reads an entry from the start of {@code source}.
     *
     * @throws IllegalArgumentException if {@code source} is smaller than 32 bytes, or a member is out of range
     */
    public static MetalK2KRouteEntry readFrom(MemorySegment source) {
        var from = Wire.first(source, BYTE_SIZE);
        return new MetalK2KRouteEntry(
                u32(from, DEST_THREADGROUP),
                Integer.toUnsignedLong(u32(from, INBOX_OFFSET)),
                u32(from, IS_ACTIVE) != 0,
                u32(from, HOPS),
                u32(from, BANDWIDTH_HINT),
                Priority.ofLevel(u32(from, PRIORITY)));
    }
}
