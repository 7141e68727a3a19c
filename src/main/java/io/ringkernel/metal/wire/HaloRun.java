package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u32;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * A line of ghost cells, which some threads copy together. Cells count within a field of a tile.
 *
 * <p><b>Shape.</b> 32 bytes, little-endian, all numbers unsigned:
 *
 * <pre>
 *     0  u32  target_tile     8  u32  source_tile    16  u32  length          24  u32  source_step
 *     4  u32  target         12  u32  source         20  u32  target_step     28  u32  route
 * </pre>
 *
 * @param targetTile whose ghost cells they are
 * @param target the first of them
 * @param sourceTile the tile that the values come from, or 2<sup>32</sup> - 3 + axis for the constant of that axis'
 *     edge
 * @param source the first cell that is read
 * @param length how many ghost cells there are
 * @param targetStep from one ghost cell to the next
 * @param sourceStep from one cell that is read to the next; 0 where one is repeated
 * @param route its {@link HaloRoute}, in an exchange through inboxes
 */
public record HaloRun(
        int targetTile, int target, int sourceTile, int source, int length, int targetStep, int sourceStep, int route) {
    /** Every member, with the names that {@code msl/halo_exchange.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u32("target_tile"),
                    u32("target"),
                    u32("source_tile"),
                    u32("source"),
                    u32("length"),
                    u32("target_step"),
                    u32("source_step"),
                    u32("route"))
            .withName("HaloRun");

    /** Size of the struct, in bytes. */
    public static final int BYTE_SIZE = 32;

    private static final long TARGET_TILE = Wire.offset(LAYOUT, "target_tile");
    private static final long TARGET = Wire.offset(LAYOUT, "target");
    private static final long SOURCE_TILE = Wire.offset(LAYOUT, "source_tile");
    private static final long SOURCE = Wire.offset(LAYOUT, "source");
    private static final long LENGTH = Wire.offset(LAYOUT, "length");
    private static final long TARGET_STEP = Wire.offset(LAYOUT, "target_step");
    private static final long SOURCE_STEP = Wire.offset(LAYOUT, "source_step");
    private static final long ROUTE = Wire.offset(LAYOUT, "route");

    /**
     * Writes all 32 bytes.
     *
     * @throws IllegalArgumentException if {@code bytes} is smaller
     */
    public void writeTo(MemorySegment bytes) {
        var to = Wire.first(bytes, BYTE_SIZE);
        u32(to, TARGET_TILE, targetTile);
        u32(to, TARGET, target);
        u32(to, SOURCE_TILE, sourceTile);
        u32(to, SOURCE, source);
        u32(to, LENGTH, length);
        u32(to, TARGET_STEP, targetStep);
        u32(to, SOURCE_STEP, sourceStep);
        u32(to, ROUTE, route);
    }
}
