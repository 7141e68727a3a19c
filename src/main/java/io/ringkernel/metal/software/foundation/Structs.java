package io.ringkernel.metal.software.foundation;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Memory for a struct that a message returns: one per thread, read before the thread can return another. */
public final class Structs {
    private static final ThreadLocal<MemorySegment> MEMORY =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(24, 8));

    private Structs() {}

    /** A struct of three 64-bit members. */
    public static MemorySegment threeLongs(long first, long second, long third) {
        var memory = MEMORY.get();
        memory.set(ValueLayout.JAVA_LONG, 0, first);
        memory.set(ValueLayout.JAVA_LONG, 8, second);
        memory.set(ValueLayout.JAVA_LONG, 16, third);
        return memory;
    }

    /** A struct of two 64-bit members. */
    public static MemorySegment twoLongs(long first, long second) {
        return threeLongs(first, second, 0).asSlice(0, 16);
    }

    /** A struct of one 64-bit member. */
    public static MemorySegment oneLong(long value) {
        return threeLongs(value, 0, 0).asSlice(0, 8);
    }

    /** A struct of four bytes. */
    public static MemorySegment fourBytes(int first, int second, int third, int fourth) {
        return oneLong(first | second << 8 | third << 16 | (long) fourth << 24).asSlice(0, 4);
    }
}
