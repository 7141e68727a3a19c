package io.ringkernel.metal.software.foundation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@code NSRange}; both members are unsigned. */
public record Range(long location, long length) {

    static Range read(MemorySegment struct) {
        return new Range(struct.get(ValueLayout.JAVA_LONG, 0), struct.get(ValueLayout.JAVA_LONG, 8));
    }

    /** Whether it lies in {@code 0..size}, taken as unsigned without overflow. */
    public boolean isWithin(long size) {
        return location >= 0 && length >= 0 && location <= size && length <= size - location;
    }
}
