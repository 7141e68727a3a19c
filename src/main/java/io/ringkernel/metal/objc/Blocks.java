package io.ringkernel.metal.objc;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The blocks of one provider, one for each kind of handler, made when first used and kept as long as the provider. */
public final class Blocks {
    private final Lazy scheduled;
    private final Lazy completed;
    private final Lazy eventReached;
    private final Lazy bytesFreed;

    Blocks(ObjectiveC objc) {
        scheduled = new Lazy(() -> GlobalBlock.ofObject(objc));
        completed = new Lazy(() -> GlobalBlock.ofObject(objc));
        eventReached = new Lazy(() -> GlobalBlock.ofObjectAndValue(objc));
        bytesFreed = new Lazy(() -> GlobalBlock.ofBytes(objc));
    }

    /** For {@code addScheduledHandler:}; called with the command buffer. */
    public GlobalBlock scheduled() {
        return scheduled.get();
    }

    /** For {@code addCompletedHandler:}; called with the command buffer. */
    public GlobalBlock completed() {
        return completed.get();
    }

    /** For {@code notifyListener:atValue:block:}; called with the event and a value that it reached. */
    public GlobalBlock eventReached() {
        return eventReached.get();
    }

    /** For the deallocator of memory that was handed over without copying; called with the pointer. */
    public GlobalBlock bytesFreed() {
        return bytesFreed.get();
    }

    /** A block that is made when it is first asked for; of several that race to make it, one is kept. */
    private static final class Lazy {
        private final Supplier<GlobalBlock> make;
        private final AtomicReference<GlobalBlock> block = new AtomicReference<>();

        Lazy(Supplier<GlobalBlock> make) {
            this.make = make;
        }

        GlobalBlock get() {
            if (block.get() == null) {
                // No lock: a virtual thread that waited for one would park inside its autorelease pool.
                block.compareAndSet(null, Unparked.call(make));
            }
            return block.get();
        }
    }
}
