package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u32;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * A box of ghost cells of one tile that come from one tile. Its {@linkplain HaloRun runs} have one length and lie one
 * behind the other, in a message as in the table.
 *
 * <p><b>Shape.</b> 32 bytes, little-endian, all numbers unsigned:
 *
 * <pre>
 *     0  u32  source_tile     8  u32  direction      16  u32  width           24  u32  depth
 *     4  u32  target_tile    12  u32  place          20  u32  height          28  u32  first_run
 * </pre>
 *
 * @param sourceTile the tile that sends
 * @param targetTile the tile that gets the message
 * @param direction where the box lies as the target sees it, in the order of the {@link Neighborhood}
 * @param place its place among the routes of the target
 * @param width cells along x
 * @param height cells along y
 * @param depth cells along z
 * @param firstRun the first of its runs in the table
 */
public record HaloRoute(
        int sourceTile, int targetTile, int direction, int place, int width, int height, int depth, int firstRun) {
    /** Every member, with the names that {@code msl/halo_exchange.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u32("source_tile"),
                    u32("target_tile"),
                    u32("direction"),
                    u32("place"),
                    u32("width"),
                    u32("height"),
                    u32("depth"),
                    u32("first_run"))
            .withName("HaloRoute");

    /** Size of the struct, in bytes. */
    public static final int BYTE_SIZE = 32;

    private static final long SOURCE_TILE = Wire.offset(LAYOUT, "source_tile");
    private static final long TARGET_TILE = Wire.offset(LAYOUT, "target_tile");
    private static final long DIRECTION = Wire.offset(LAYOUT, "direction");
    private static final long PLACE = Wire.offset(LAYOUT, "place");
    private static final long WIDTH = Wire.offset(LAYOUT, "width");
    private static final long HEIGHT = Wire.offset(LAYOUT, "height");
    private static final long DEPTH = Wire.offset(LAYOUT, "depth");
    private static final long FIRST_RUN = Wire.offset(LAYOUT, "first_run");

    /**
     * Writes all 32 bytes.
     *
     * @throws IllegalArgumentException if {@code target} is smaller
     */
    public void writeTo(MemorySegment target) {
        var to = Wire.first(target, BYTE_SIZE);
        u32(to, SOURCE_TILE, sourceTile);
        u32(to, TARGET_TILE, targetTile);
        u32(to, DIRECTION, direction);
        u32(to, PLACE, place);
        u32(to, WIDTH, width);
        u32(to, HEIGHT, height);
        u32(to, DEPTH, depth);
        u32(to, FIRST_RUN, firstRun);
    }
}
