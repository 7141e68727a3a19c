package io.ringkernel.metal;

import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Objects of one kind that a compute encoder has bound at indices, and which of them its object was not told of.
 *
 * <p><b>Threads.</b> The encoder's thread alone.
 */
final class BoundObjects {
    /** A message that binds one object at an index. */
    interface SetAtIndex {
        void send(MemorySegment function, MemorySegment receiver, MemorySegment selector, MemorySegment id, long index);
    }

    private static final int USUAL_COUNT = 4;

    private Retained[] held = new Retained[0];
    private final BitSet changed = new BitSet();

    /**
     * Holds an object at an index in place of what was there.
     *
     * @throws IllegalStateException if it is closed
     * @throws IllegalArgumentException if it comes from another provider than the encoder
     */
    void set(int index, MetalObject object, MetalEncoder encoder) {
        var retained = object.retained();
        if (index < held.length && held[index] == retained) {
            retained.id();
            return;
        }
        object.acquiredFor(encoder);
        replace(index, retained);
    }

    /** Binds nothing at an index. */
    void clear(int index) {
        replace(index, null);
    }

    private void replace(int index, Retained next) {
        if (index >= held.length) {
            held = Arrays.copyOf(held, Math.max(USUAL_COUNT, 2 * index));
        }
        if (held[index] != null) {
            held[index].release();
        }
        held[index] = next;
        changed.set(index);
    }

    /** Sends what changed. Inside an autorelease pool. */
    void send(ObjectiveC objc, MemorySegment receiver, Message message, SetAtIndex type) {
        for (int index = changed.nextSetBit(0); index >= 0; index = changed.nextSetBit(index + 1)) {
            var send = objc.bind(message);
            var id = held[index] == null ? MemorySegment.NULL : held[index].heldId();
            type.send(send.function(), receiver, send.selector(), id, index);
        }
        changed.clear();
    }

    /** Gives up what is held; called once, inside an autorelease pool. */
    void release() {
        for (var each : held) {
            if (each != null) {
                each.release();
            }
        }
    }
}
