package io.ringkernel.metal.hlc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A point in hybrid logical time.
 *
 * <p><b>Shape.</b> Three unsigned 64-bit numbers, 24 bytes, little-endian:
 *
 * <pre>
 *   0                8                16               24
 *   +----------------+----------------+----------------+
 *   | physicalMicros | logical        | nodeId         |
 *   +----------------+----------------+----------------+
 * </pre>
 *
 * <p><b>Order.</b> By physical time, then logical counter, then node, each compared unsigned. The order is total and
 * consistent with equals. If event <i>a</i> happened before event <i>b</i>, and their clocks were told of each other's
 * messages, then <i>a</i>'s timestamp is smaller; the reverse does not follow.
 *
 * @param physicalMicros microseconds since the epoch, as the issuing node knew them
 * @param logical number of the event within that microsecond
 * @param nodeId the node whose clock issued the timestamp
 */
public record HlcTimestamp(long physicalMicros, long logical, long nodeId) implements Comparable<HlcTimestamp> {
    /** Size of a timestamp on the wire, in bytes. */
    public static final int BYTE_SIZE = 24;

    /** The smallest timestamp; on the wire it stands for "none". */
    public static final HlcTimestamp ZERO = new HlcTimestamp(0, 0, 0);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Whether this is {@link #ZERO}. */
    public boolean isZero() {
        return (physicalMicros | logical | nodeId) == 0;
    }

    /** Whether this timestamp is greater than {@code other}. */
    public boolean isAfter(HlcTimestamp other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(HlcTimestamp other) {
        int order = Long.compareUnsigned(physicalMicros, other.physicalMicros);
        if (order == 0) {
            order = Long.compareUnsigned(logical, other.logical);
        }
        return order == 0 ? Long.compareUnsigned(nodeId, other.nodeId) : order;
    }

    /** The 24 bytes of this timestamp. */
    public byte[] toBytes() {
        var bytes = new byte[BYTE_SIZE];
        LONG.set(bytes, 0, physicalMicros);
        LONG.set(bytes, 8, logical);
        LONG.set(bytes, 16, nodeId);
        return bytes;
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @throws IllegalArgumentException if {@code bytes} does not hold exactly 24 bytes
     */
    public static HlcTimestamp fromBytes(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        if (bytes.length != BYTE_SIZE) {
            throw new IllegalArgumentException("bytes.length not " + BYTE_SIZE + ": " + bytes.length);
        }
        return new HlcTimestamp((long) LONG.get(bytes, 0), (long) LONG.get(bytes, 8), (long) LONG.get(bytes, 16));
    }

    /** All three numbers unsigned, the node in hexadecimal like every id. */
    @Override
    public String toString() {
        return "%s µs + %s at 0x%016x"
                .formatted(Long.toUnsignedString(physicalMicros), Long.toUnsignedString(logical), nodeId);
    }
}
