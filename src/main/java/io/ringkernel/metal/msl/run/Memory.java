package io.ringkernel.metal.msl.run;

import io.ringkernel.metal.msl.run.KernelFault.Kind;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Pointers of generated code: a native segment that bounds the access, and a byte offset in it. The null pointer is
 * offset 0 of an empty segment at address 0.
 */
public final class Memory {

    /** What memory holds before a program writes to it. */
    public static final byte POISON = (byte) 0xcb;

    /** The segment of the null pointer. */
    public static final MemorySegment NULL = MemorySegment.NULL;

    // SAFETY: used only when memory checks were switched off, which is documented as giving up protection.
    @SuppressWarnings("restricted")
    static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {}

    /** The 64-bit address that a pointer has in memory. */
    public static long address(MemorySegment segment, long offset) {
        return segment.address() + offset;
    }

    /** The offset of an address in the segment that it was resolved to. */
    public static long offset(MemorySegment segment, long address) {
        return address - segment.address();
    }

    /** Refuses a pointer that a cast gives a type of stricter alignment, unless it points to a multiple of that. */
    public static void requireAligned(MemorySegment segment, long offset, int alignment) {
        var address = segment.address() + offset;
        if ((address & alignment - 1) != 0) {
            throw new MemoryFault(
                    Kind.MISALIGNED,
                    "address 0x%x (offset %d) is not a multiple of %d".formatted(address, offset, alignment));
        }
    }

    /** A subscript of an array of {@code length} elements, of which the plan holds a description for messages. */
    public static int checkIndex(int index, int length, int array) {
        try {
            return Objects.checkIndex(index, length);
        } catch (IndexOutOfBoundsException _) {
            throw new SubscriptFault(String.valueOf(index), array);
        }
    }

    /** As {@link #checkIndex(int, int, int)}; only the message knows the difference. */
    public static int checkIndexUnsigned(int index, int length, int array) {
        try {
            return Objects.checkIndex(index, length);
        } catch (IndexOutOfBoundsException _) {
            throw new SubscriptFault(Integer.toUnsignedString(index), array);
        }
    }

    /** As {@link #checkIndex(int, int, int)} for a subscript of 64 bits. */
    public static int checkIndex(long index, int length, int array) {
        try {
            return (int) Objects.checkIndex(index, (long) length);
        } catch (IndexOutOfBoundsException _) {
            throw new SubscriptFault(String.valueOf(index), array);
        }
    }

    /** As {@link #checkIndex(long, int, int)}; only the message knows the difference. */
    public static int checkIndexUnsigned(long index, int length, int array) {
        try {
            return (int) Objects.checkIndex(index, (long) length);
        } catch (IndexOutOfBoundsException _) {
            throw new SubscriptFault(Long.toUnsignedString(index), array);
        }
    }

    /** Copies an object; source and target are the same or apart. */
    public static void copy(MemorySegment source, long from, MemorySegment target, long to, long byteCount) {
        MemorySegment.copy(source, from, target, to, byteCount);
    }

    /** Fills an object that is declared without a value with what no program should rely on. */
    public static void poison(MemorySegment target, long offset, long byteCount) {
        target.asSlice(offset, byteCount).fill(POISON);
    }

    /** Makes the bytes of an object zero. */
    public static void clear(MemorySegment target, long offset, long byteCount) {
        target.asSlice(offset, byteCount).fill((byte) 0);
    }

    // SAFETY: the bytes are those of a live segment; the caller of KernelRun keeps them alive while the run lasts.
    @SuppressWarnings("restricted")
    static MemorySegment withoutScope(MemorySegment segment) {
        return MemorySegment.ofAddress(segment.address()).reinterpret(segment.byteSize());
    }
}
