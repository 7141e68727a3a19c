package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u32;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * The measures of the tiles of a direct exchange.
 *
 * <p><b>Shape.</b> 8 bytes, little-endian, all numbers unsigned:
 *
 * <pre>
 *     0  u32  field_cells     4  u32  tile_cells
 * </pre>
 *
 * @param fieldCells stored cells of one field of one tile
 * @param tileCells stored cells of one tile, all fields
 */
public record HaloShape(int fieldCells, int tileCells) {
    /** Every member, with the names that {@code msl/halo_exchange.metal} uses. */
    public static final StructLayout LAYOUT =
            MemoryLayout.structLayout(u32("field_cells"), u32("tile_cells")).withName("HaloShape");

    /** Size of the struct, in bytes. */
    public static final int BYTE_SIZE = 8;

    private static final long FIELD_CELLS = Wire.offset(LAYOUT, "field_cells");
    private static final long TILE_CELLS = Wire.offset(LAYOUT, "tile_cells");

    /**
     * Writes all 8 bytes.
     *
     * @throws IllegalArgumentException if {@code target} is smaller
     */
    public void writeTo(MemorySegment target) {
        var to = Wire.first(target, BYTE_SIZE);
        u32(to, FIELD_CELLS, fieldCells);
        u32(to, TILE_CELLS, tileCells);
    }

    /** The struct's bytes, in memory of their own. */
    public MemorySegment toBytes() {
        var bytes = MemorySegment.ofArray(new byte[BYTE_SIZE]);
        writeTo(bytes);
        return bytes;
    }
}
