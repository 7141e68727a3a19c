package io.ringkernel.metal;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A part of a buffer. It owns nothing, and is dead when its buffer is closed.
 *
 * @param buffer what it is a part of
 * @param byteOffset where it begins
 * @param byteSize its length
 */
public record MetalBufferSlice(MetalBuffer buffer, long byteOffset, long byteSize) {
    /**
     * Checks the range.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the buffer
     */
    public MetalBufferSlice {
        Objects.checkFromIndexSize(byteOffset, byteSize, buffer.byteSize());
    }

    /**
     * The bytes themselves, not a copy.
     *
     * @throws IllegalStateException if the buffer is closed
     * @throws UnsupportedOperationException if its storage mode is private
     */
    public MemorySegment contents() {
        return buffer.contents().asSlice(byteOffset, byteSize);
    }
}
