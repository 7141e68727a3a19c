package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u64;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * Where the cells of a tile lie, as the GPU sees it.
 *
 * <p><b>Shape.</b> 8 bytes, little-endian, all numbers unsigned:
 *
 * <pre>
 *     0  u64  cells
 * </pre>
 *
 * @param cells the address of the first cell on the GPU
 */
public record HaloTile(long cells) {
    /** Every member, with the names that {@code msl/halo_exchange.metal} uses. */
    public static final StructLayout LAYOUT =
            MemoryLayout.structLayout(u64("cells")).withName("HaloTile");

    /** Size of the struct, in bytes. */
    public static final int BYTE_SIZE = 8;

    private static final long CELLS = Wire.offset(LAYOUT, "cells");

    /**
     * Writes all 8 bytes.
     *
     * @throws IllegalArgumentException if {@code target} is smaller
     */
    public void writeTo(MemorySegment target) {
        var to = Wire.first(target, BYTE_SIZE);
        u64(to, CELLS, cells);
    }
}
