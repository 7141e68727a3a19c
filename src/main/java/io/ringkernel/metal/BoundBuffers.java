package io.ringkernel.metal;

import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The buffer that an encoder bound last at each index, held until another one takes its place or the encoding ends:
 * whoever binds the same buffer again need not hold it again. Used by the encoder's thread alone.
 */
final class BoundBuffers {
    private static final int USUAL_COUNT = 8;

    private static final Retained[] NONE = {};

    private Retained[] held = NONE;

    /**
     * Holds a buffer for an index, and gives it for a message to the encoder.
     *
     * @throws IllegalStateException if it is closed
     * @throws IllegalArgumentException if it comes from another provider than the encoder
     */
    MemorySegment hold(int index, MetalBuffer buffer, MetalEncoder encoder) {
        var retained = buffer.retained();
        if (index < held.length && held[index] == retained) {
            return retained.id();
        }
        var id = buffer.acquiredFor(encoder);
        if (index >= held.length) {
            held = Arrays.copyOf(held, index < USUAL_COUNT ? USUAL_COUNT : MetalLimits.BUFFER_SLOTS);
        }
        var before = held[index];
        held[index] = retained;
        if (before != null) {
            before.release();
        }
        return id;
    }

    void releaseAll() {
        for (var each : held) {
            if (each != null) {
                each.release();
            }
        }
    }
}
