package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.bytes;
import static io.ringkernel.metal.wire.Wire.u32;
import static io.ringkernel.metal.wire.Wire.u64;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * A message that a handler could not deal with; the message itself stands behind it. A view over 64 bytes.
 *
 * <p><b>Shape.</b> 64 bytes, aligned to 64, little-endian, all numbers unsigned:
 *
 * <pre>
 *     0  u64  number     8  u32  code     12  52 bytes reserved
 * </pre>
 *
 * <p><b>Threads.</b> As {@link ControlBlock}: plain reads and writes, visible across command-buffer boundaries.
 */
public final class K2KFailure {
    /** Every member, with the names that {@code msl/k2k_round.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u64("number"), u32("code"), bytes("reserved", 52))
            .withByteAlignment(64)
            .withName("K2KFailure");

    /** Size of the struct, in bytes. */
    public static final int BYTE_SIZE = 64;

    private static final long NUMBER = Wire.offset(LAYOUT, "number");
    private static final long CODE = Wire.offset(LAYOUT, "code");

    private final MemorySegment segment;

    private K2KFailure(MemorySegment segment) {
        this.segment = segment;
    }

    /**
     * A view over the first 64 bytes of {@code segment}, as they are.
     *
     * @throws IllegalArgumentException if {@code segment} is smaller
     */
    public static K2KFailure of(MemorySegment segment) {
        return new K2KFailure(Wire.first(segment, BYTE_SIZE));
    }

    /** The message, as {@link K2KProgress} counts. */
    public long number() {
        return u64(segment, NUMBER);
    }

    /** The number of a {@link ControlBlock.Failure}, or what the handler reported. */
    public int code() {
        return u32(segment, CODE);
    }
}
