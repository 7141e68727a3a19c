package io.ringkernel.metal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;

/** Native memory for the moment that a message reads a few bytes; pooled, because an arena for each call costs more. */
final class InlineBytes implements AutoCloseable {
    private static final ArrayBlockingQueue<MemorySegment> POOL = new ArrayBlockingQueue<>(64);

    private final MemorySegment scratch;
    private final MemorySegment segment;

    private InlineBytes(MemorySegment scratch, MemorySegment segment) {
        this.scratch = scratch;
        this.segment = segment;
    }

    /** The bytes in native memory: themselves if they are there already, else a copy. */
    static InlineBytes of(MemorySegment bytes) {
        if (bytes.isNative()) {
            return new InlineBytes(null, bytes);
        }
        var pooled = POOL.poll();
        var scratch = pooled == null ? Arena.ofAuto().allocate(MetalLimits.INLINE_BYTES, Long.BYTES) : pooled;
        MemorySegment.copy(bytes, 0, scratch, 0, bytes.byteSize());
        return new InlineBytes(scratch, scratch);
    }

    MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        if (scratch != null) {
            POOL.offer(scratch);
        }
    }
}
