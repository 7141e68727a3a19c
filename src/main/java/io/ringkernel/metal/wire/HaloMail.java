package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u32;
import static io.ringkernel.metal.wire.Wire.u64;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * The measures of the inboxes of an exchange.
 *
 * <p><b>Shape.</b> 32 bytes, little-endian, all numbers unsigned:
 *
 * <pre>
 *     0  u64  inbox_size     16  u32  field_cells    24  u32  tile_count
 *     8  u64  slot_size      20  u32  cell_size      28  u32  route_count
 * </pre>
 *
 * @param inboxSize bytes from one inbox to the next
 * @param slotSize bytes from one message of an inbox to the next
 * @param fieldCells stored cells of one field of one tile
 * @param cellSize bytes of a cell
 * @param tileCount how many tiles there are
 * @param routeCount messages of one exchange
 */
public record HaloMail(long inboxSize, long slotSize, int fieldCells, int cellSize, int tileCount, int routeCount) {
    /** Every member, with the names that {@code msl/halo_exchange.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u64("inbox_size"),
                    u64("slot_size"),
                    u32("field_cells"),
                    u32("cell_size"),
                    u32("tile_count"),
                    u32("route_count"))
            .withName("HaloMail");

    /** Size of the struct, in bytes. */
    public static final int BYTE_SIZE = 32;

    private static final long INBOX_SIZE = Wire.offset(LAYOUT, "inbox_size");
    private static final long SLOT_SIZE = Wire.offset(LAYOUT, "slot_size");
    private static final long FIELD_CELLS = Wire.offset(LAYOUT, "field_cells");
    private static final long CELL_SIZE = Wire.offset(LAYOUT, "cell_size");
    private static final long TILE_COUNT = Wire.offset(LAYOUT, "tile_count");
    private static final long ROUTE_COUNT = Wire.offset(LAYOUT, "route_count");

    /**
     * Writes all 32 bytes.
     *
     * @throws IllegalArgumentException if {@code target} is smaller
     */
    public void writeTo(MemorySegment target) {
        var to = Wire.first(target, BYTE_SIZE);
        u64(to, INBOX_SIZE, inboxSize);
        u64(to, SLOT_SIZE, slotSize);
        u32(to, FIELD_CELLS, fieldCells);
        u32(to, CELL_SIZE, cellSize);
        u32(to, TILE_COUNT, tileCount);
        u32(to, ROUTE_COUNT, routeCount);
    }

    /** The struct's bytes, in memory of their own. */
    public MemorySegment toBytes() {
        var bytes = MemorySegment.ofArray(new byte[BYTE_SIZE]);
        writeTo(bytes);
        return bytes;
    }
}
