package io.ringkernel.metal.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The little-endian scalars that shared structs are made of; the unaligned forms also read a byte array. */
final class Wire {
    static final ValueLayout.OfByte U8 = JAVA_BYTE;
    static final ValueLayout.OfShort U16_UNALIGNED =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt U32_UNALIGNED = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong U64_UNALIGNED = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfFloat F32_UNALIGNED =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** An HLC timestamp inside another struct. */
    static final StructLayout HLC_TIMESTAMP = MemoryLayout.structLayout(u64("physical"), u64("logical"), u64("node_id"))
            .withName("HlcTimestamp");

    private static final byte[] ZEROS = new byte[MessageHeader.MAX_PAYLOAD_SIZE];

    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Wire() {}

    /** The 64-bit FNV-1a hash of a name in UTF-8: stable across processes and versions, hence fit for the wire. */
    static long stableHash(String name) {
        long hash = FNV_OFFSET_BASIS;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    static MemoryLayout u8(String name) {
        return U8.withName(name);
    }

    static MemoryLayout u32(String name) {
        return U32.withName(name);
    }

    static MemoryLayout u64(String name) {
        return U64.withName(name);
    }

    static MemoryLayout bytes(String name, long count) {
        return MemoryLayout.sequenceLayout(count, U8).withName(name);
    }

    static MemoryLayout words(String name, long count) {
        return MemoryLayout.sequenceLayout(count, U32).withName(name);
    }

    static MemoryLayout longs(String name, long count) {
        return MemoryLayout.sequenceLayout(count, U64).withName(name);
    }

    static long offset(StructLayout layout, String member) {
        return layout.byteOffset(PathElement.groupElement(member));
    }

    static int u32(MemorySegment segment, long offset) {
        return segment.get(U32_UNALIGNED, offset);
    }

    static void u32(MemorySegment segment, long offset, int value) {
        segment.set(U32_UNALIGNED, offset, value);
    }

    static long u64(MemorySegment segment, long offset) {
        return segment.get(U64_UNALIGNED, offset);
    }

    static void u64(MemorySegment segment, long offset, long value) {
        segment.set(U64_UNALIGNED, offset, value);
    }

    /**
     * Refuses a segment that is too small.
     *
     * @throws IllegalArgumentException if there are fewer than {@code byteSize} bytes
     */
    static void checkRoom(MemorySegment segment, long byteSize) {
        if (segment.byteSize() < byteSize) {
            throw new IllegalArgumentException("segment.byteSize() below " + byteSize + ": " + segment.byteSize());
        }
    }

    /** A view of the first bytes of {@code segment}, which has room for them. */
    static MemorySegment first(MemorySegment segment, long byteSize) {
        checkRoom(segment, byteSize);
        return segment.asSlice(0, byteSize);
    }

    /**
     * Zeroes the first bytes, at most as many as a payload has; unlike {@code fill} on a slice this allocates nothing.
     */
    static void zero(MemorySegment segment, int byteSize) {
        MemorySegment.copy(ZEROS, 0, segment, U8, 0, byteSize);
    }
}
