package io.ringkernel.metal.software.foundation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@code MTLSize}; the members are unsigned. */
public record Size(long width, long height, long depth) {

    static Size read(MemorySegment struct) {
        return new Size(
                struct.get(ValueLayout.JAVA_LONG, 0),
                struct.get(ValueLayout.JAVA_LONG, 8),
                struct.get(ValueLayout.JAVA_LONG, 16));
    }

    /** Whether each member is in {@code 1..limit}. */
    public boolean isPositive(long limit) {
        return in(width, limit) && in(height, limit) && in(depth, limit);
    }

    private static boolean in(long value, long limit) {
        return value >= 1 && value <= limit;
    }

    @Override
    public String toString() {
        return "(" + Long.toUnsignedString(width) + ", " + Long.toUnsignedString(height) + ", "
                + Long.toUnsignedString(depth) + ")";
    }
}
