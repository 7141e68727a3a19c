package io.ringkernel.metal.objc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Where a message with an {@code NSError **} argument leaves its error. Used by one thread, for one message, inside an
 * autorelease pool: the error is only lent.
 */
public final class ErrorSlot implements AutoCloseable {
    private final ObjectiveC objc;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment pointer = arena.allocate(ValueLayout.ADDRESS);

    /** An empty slot. */
    public ErrorSlot(ObjectiveC objc) {
        this.objc = objc;
    }

    /** What to pass as {@code NSError **}. */
    public MemorySegment address() {
        return pointer;
    }

    /** The error, if there is one. To be asked only if the message's result says that it failed. */
    public Optional<NSError> error() {
        var error = pointer.get(ValueLayout.ADDRESS, 0);
        return ObjectiveC.isNil(error) ? Optional.empty() : Optional.of(NSError.read(objc, error));
    }

    @Override
    public void close() {
        arena.close();
    }
}
