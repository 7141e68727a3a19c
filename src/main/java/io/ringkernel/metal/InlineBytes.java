package io.ringkernel.metal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Native memory for the moment that a message reads a few bytes; pooled, because an arena for each call costs more. */
final class InlineBytes implements AutoCloseable {
    private static final int MOST = 64;

    // Lock-free, because a contended lock would park a virtual thread inside its autorelease pool.
    private static final ConcurrentLinkedQueue<MemorySegment> POOL = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger POOLED = new AtomicInteger();

    private final MemorySegment segment;

    private InlineBytes(MemorySegment segment) {
        this.segment = segment;
    }

    /** A native copy of the first bytes of an array, at most {@link MetalLimits#INLINE_BYTES}. */
    static InlineBytes of(byte[] bytes, int length) {
        var pooled = POOL.poll();
        if (pooled != null) {
            POOLED.decrementAndGet();
        }
        var scratch = pooled == null ? Arena.ofAuto().allocate(MetalLimits.INLINE_BYTES, Long.BYTES) : pooled;
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, scratch, 0, length);
        return new InlineBytes(scratch);
    }

    MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        if (POOLED.get() < MOST) {
            POOLED.incrementAndGet();
            POOL.offer(segment);
        }
    }
}
