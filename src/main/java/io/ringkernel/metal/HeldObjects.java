package io.ringkernel.metal;

import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Several objects as a C array for one message; alive until this is closed, whoever closes their wrappers. */
final class HeldObjects implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final List<Retained> held;
    private final MemorySegment pointers;

    private HeldObjects(List<Retained> held) {
        this.held = held;
        // One longer than needed, since an empty array needs an address as well.
        pointers = arena.allocate(ValueLayout.ADDRESS, held.size() + 1L);
        for (int i = 0; i < held.size(); i++) {
            pointers.setAtIndex(ValueLayout.ADDRESS, i, held.get(i).heldId());
        }
    }

    /**
     * Holds objects for a message to a receiver.
     *
     * @throws IllegalStateException if one is closed
     * @throws IllegalArgumentException if one comes from another provider than the receiver
     */
    static HeldObjects of(MetalObject receiver, List<? extends MetalObject> objects) {
        var held = new ArrayList<Retained>(objects.size());
        try {
            for (var object : objects) {
                object.acquiredFor(receiver);
                held.add(object.retained());
            }
        } catch (RuntimeException e) {
            held.forEach(Retained::release);
            throw e;
        }
        return new HeldObjects(held);
    }

    MemorySegment pointers() {
        return pointers;
    }

    /** The objects, lent until this is closed. */
    List<MemorySegment> ids() {
        return held.stream().map(Retained::heldId).toList();
    }

    int count() {
        return held.size();
    }

    @Override
    public void close() {
        held.forEach(Retained::release);
        arena.close();
    }
}
