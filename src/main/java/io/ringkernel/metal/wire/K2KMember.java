package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u32;
import static io.ringkernel.metal.wire.Wire.u64;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.Objects;

/**
 * What a kernel of a graph knows of the kernels that it sends to: 1,184 bytes of the host's own memory, which are
 * copied into the command buffer.
 *
 * <p><b>Shape.</b> 1,184 bytes, little-endian, all numbers unsigned; entry i of the arrays is about route i:
 *
 * <pre>
 *     0  26 x u64  kernel_ids             312  u32  inbox_bytes    320  864 bytes, table:
 *   208  26 x u32  payload_capacities     316  u32  sole_routes         see {@link MetalK2KRoutingTable}
 * </pre>
 *
 * <p><b>Threads.</b> One at a time.
 */
public final class K2KMember {
    /** Every member, with the names that {@code msl/k2k_round.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    Wire.longs("kernel_ids", MetalK2KRoutingTable.MAX_ROUTES),
                    Wire.words("payload_capacities", MetalK2KRoutingTable.MAX_ROUTES),
                    u32("inbox_bytes"),
                    u32("sole_routes"),
                    MetalK2KRoutingTable.LAYOUT.withName("table"))
            .withName("K2KMember");

    /** Size of the struct, in bytes. */
    public static final int BYTE_SIZE = 1184;

    private static final long KERNEL_IDS = Wire.offset(LAYOUT, "kernel_ids");
    private static final long PAYLOAD_CAPACITIES = Wire.offset(LAYOUT, "payload_capacities");
    private static final long INBOX_BYTES = Wire.offset(LAYOUT, "inbox_bytes");
    private static final long SOLE_ROUTES = Wire.offset(LAYOUT, "sole_routes");
    private static final long TABLE = Wire.offset(LAYOUT, "table");
    private static final long IS_ACTIVE = LAYOUT.byteOffset(
            PathElement.groupElement("table"),
            PathElement.groupElement("routes"),
            PathElement.sequenceElement(0),
            PathElement.groupElement("is_active"));

    private final MemorySegment segment = MemorySegment.ofArray(new long[BYTE_SIZE / Long.BYTES]);

    /**
     * A member whose routes stand in a table; where they lead is to be said.
     *
     * @param table its routes
     * @param inboxBytes from one kernel's inbox to the next
     */
    public K2KMember(MetalK2KRoutingTable table, int inboxBytes) {
        table.writeTo(segment.asSlice(TABLE));
        u32(segment, INBOX_BYTES, inboxBytes);
    }

    /** The bytes, which change with the struct. */
    public MemorySegment bytes() {
        return segment.asReadOnly();
    }

    /**
     * Says where a route leads.
     *
     * @param route its place in the table
     * @param kernel the number of the kernel
     * @param maxPayloadBytes the largest payload that the kernel takes
     * @param isSole whether one thread of this kernel, and nobody else, sends there
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public void route(int route, long kernel, int maxPayloadBytes, boolean isSole) {
        check(route);
        u64(segment, KERNEL_IDS + (long) route * Long.BYTES, kernel);
        u32(segment, PAYLOAD_CAPACITIES + (long) route * Integer.BYTES, maxPayloadBytes);
        int others = u32(segment, SOLE_ROUTES) & ~(1 << route);
        u32(segment, SOLE_ROUTES, isSole ? others | 1 << route : others);
    }

    /**
     * Opens or closes a route.
     *
     * @param route its place in the table
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public void open(int route, boolean isOpen) {
        check(route);
        u32(segment, IS_ACTIVE + (long) route * MetalK2KRouteEntry.BYTE_SIZE, isOpen ? 1 : 0);
    }

    private static void check(int route) {
        Objects.checkIndex(route, MetalK2KRoutingTable.MAX_ROUTES);
    }
}
