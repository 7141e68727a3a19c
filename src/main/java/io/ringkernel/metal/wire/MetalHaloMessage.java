package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u32;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * What stands before the cells of a halo in an inbox.
 *
 * <p><b>Shape.</b> 32 bytes, little-endian:
 *
 * <pre>
 *     0  u32  source         8  u32  width      16  u32  depth            24  u32  sequence
 *     4  u32  direction     12  u32  height     20  u32  element_size     28  u32  flags
 * </pre>
 *
 * <p>All numbers are unsigned 32-bit.
 *
 * @param source the tile that sent the halo
 * @param direction where the sender lies as the receiver sees it, in the order of the {@link Neighborhood}: a message
 *     from the north neighbour (0) fills the receiver's north ghost rows
 * @param width cells along x
 * @param height cells along y
 * @param depth cells along z
 * @param elementSize size of a cell, in bytes
 * @param sequence number of the exchange
 * @param flags none defined
 */
public record MetalHaloMessage(
        int source, int direction, int width, int height, int depth, int elementSize, int sequence, int flags) {
    /** Every member, with the names that {@code msl/wire.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u32("source"),
                    u32("direction"),
                    u32("width"),
                    u32("height"),
                    u32("depth"),
                    u32("element_size"),
                    u32("sequence"),
                    u32("flags"))
            .withName("HaloMessage");

    /** Size of a halo message's head, in bytes. */
    public static final int BYTE_SIZE = 32;

    private static final long SOURCE = Wire.offset(LAYOUT, "source");
    private static final long DIRECTION = Wire.offset(LAYOUT, "direction");
    private static final long WIDTH = Wire.offset(LAYOUT, "width");
    private static final long HEIGHT = Wire.offset(LAYOUT, "height");
    private static final long DEPTH = Wire.offset(LAYOUT, "depth");
    private static final long ELEMENT_SIZE = Wire.offset(LAYOUT, "element_size");
    private static final long SEQUENCE = Wire.offset(LAYOUT, "sequence");
    private static final long FLAGS = Wire.offset(LAYOUT, "flags");

    /**
     * Writes all 32 bytes.
     *
     * @throws IllegalArgumentException if {@code target} is smaller
     */
    public void writeTo(MemorySegment target) {
        var to = Wire.first(target, BYTE_SIZE);
        u32(to, SOURCE, source);
        u32(to, DIRECTION, direction);
        u32(to, WIDTH, width);
        u32(to, HEIGHT, height);
        u32(to, DEPTH, depth);
        u32(to, ELEMENT_SIZE, elementSize);
        u32(to, SEQUENCE, sequence);
        u32(to, FLAGS, flags);
    }

    /**
     * Reads a head from the start of {@code source}.
     *
     * @throws IllegalArgumentException if {@code source} is smaller than 32 bytes
     */
    public static MetalHaloMessage readFrom(MemorySegment source) {
        var from = Wire.first(source, BYTE_SIZE);
        return new MetalHaloMessage(
                u32(from, SOURCE),
                u32(from, DIRECTION),
                u32(from, WIDTH),
                u32(from, HEIGHT),
                u32(from, DEPTH),
                u32(from, ELEMENT_SIZE),
                u32(from, SEQUENCE),
                u32(from, FLAGS));
    }
}
