package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.Block_invoke_bytes;
import io.ringkernel.metal.bindings.Block_invoke_log;
import io.ringkernel.metal.bindings.Block_invoke_object;
import io.ringkernel.metal.bindings.Block_invoke_object_value;
import io.ringkernel.metal.bindings.Block_invoke_three_objects;
import io.ringkernel.metal.bindings.Block_invoke_two_objects;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks of one provider, and the handlers that wait for them. Each handler has a block of its own, which captures
 * the handler's number; a number is never used twice.
 *
 * <p>We chose this over finding the handler by what its block is called with, because Metal's API validation wraps
 * objects: the object that a block gets need not be the pointer that its client holds.
 *
 * <p><b>Lifetime.</b> A handler waits from the moment its block is made until it is called, once, or is forgotten; one
 * for log messages waits until it is forgotten.
 *
 * <p><b>Threads.</b> Handlers run on a thread of the driver, inside of an autorelease pool. They store a result and
 * wake a waiter, and do nothing that may block. What they throw is logged and goes no further: an exception that left
 * the block would end the JVM.
 */
public final class Blocks {
    private static final Logger LOG = LoggerFactory.getLogger(Blocks.class);

    private final ObjectiveC objc;
    private final Lazy ofObject;
    private final Lazy ofObjectAndValue;
    private final Lazy ofBytes;
    private final Lazy ofTwoObjects;
    private final Lazy ofThreeObjects;
    private final Lazy ofLog;
    // Lock-free, because a contended lock would park a virtual thread inside its autorelease pool.
    private final ConcurrentSkipListMap<Long, Waiting> waiting = new ConcurrentSkipListMap<>();
    private final AtomicLong numbers = new AtomicLong();

    Blocks(ObjectiveC objc) {
        this.objc = objc;
        ofObject = new Lazy(
                objc, () -> Block_invoke_object.allocate((block, object) -> runHandlerOf(block), objc.arena()));
        ofObjectAndValue = new Lazy(
                objc,
                () -> Block_invoke_object_value.allocate((block, object, value) -> runHandlerOf(block), objc.arena()));
        ofBytes = new Lazy(
                objc, () -> Block_invoke_bytes.allocate((block, bytes, length) -> runHandlerOf(block), objc.arena()));
        ofTwoObjects = new Lazy(
                objc,
                () -> Block_invoke_two_objects.allocate(
                        (block, first, second) -> runHandlerOf(block, first, second), objc.arena()));
        ofThreeObjects = new Lazy(
                objc,
                () -> Block_invoke_three_objects.allocate(
                        (block, first, second, third) -> runHandlerOf(block, first, second, third), objc.arena()));
        ofLog = new Lazy(
                objc,
                () -> Block_invoke_log.allocate(
                        (block, subsystem, category, level, message) ->
                                runHandlerOf(block, subsystem, category, MemorySegment.ofAddress(level), message),
                        objc.arena()));
    }

    /** A block for {@code addScheduledHandler:} or {@code addCompletedHandler:}. */
    public HandlerBlock ofCommandBuffer(Runnable handler) {
        return block(ofObject.get(), handler);
    }

    /** A block for {@code notifyListener:atValue:block:}. */
    public HandlerBlock ofSharedEvent(Runnable handler) {
        return block(ofObjectAndValue.get(), handler);
    }

    /** A block for the deallocator of memory that is handed over without copying. */
    public HandlerBlock ofFreedBytes(Runnable handler) {
        return block(ofBytes.get(), handler);
    }

    /**
     * A block that is called once with an object and an error, one of which may be nil; they are lent to the handler.
     */
    public HandlerBlock ofResult(ObjectsHandler handler) {
        return block(ofTwoObjects.get(), new Waiting(handler, false));
    }

    /** As {@link #ofResult}, with another object between the two. */
    public HandlerBlock ofDescribedResult(ObjectsHandler handler) {
        return block(ofThreeObjects.get(), new Waiting(handler, false));
    }

    /**
     * A block for {@code addLogHandler:}, which is called with subsystem, category, level (as an address) and message
     * until it is {@linkplain HandlerBlock#forget() forgotten}.
     */
    public HandlerBlock ofLog(ObjectsHandler handler) {
        return block(ofLog.get(), new Waiting(handler, true));
    }

    /** What is done with the objects that a block is called with, which are lent to it. */
    public interface ObjectsHandler {
        /** Called on a thread of the driver, inside of an autorelease pool. */
        void run(MemorySegment... objects);
    }

    /** A handler, and whether it is called more than once. */
    private record Waiting(ObjectsHandler handler, boolean isRepeated) {}

    /** The number of handlers that wait. */
    public int waitingCount() {
        return waiting.size();
    }

    boolean forget(long number) {
        return waiting.remove(number) != null;
    }

    private HandlerBlock block(BlockKind kind, Runnable handler) {
        return block(kind, new Waiting(_ -> handler.run(), false));
    }

    private HandlerBlock block(BlockKind kind, Waiting handler) {
        long number = numbers.incrementAndGet();
        waiting.put(number, handler);
        return new HandlerBlock(this, kind, number);
    }

    private void runHandlerOf(MemorySegment block, MemorySegment... objects) {
        try {
            long number = BlockKind.number(block);
            var found = waiting.get(number);
            if (found == null || !found.isRepeated && !waiting.remove(number, found)) {
                LOG.debug("a block was called whose handler ran already, or was forgotten: number {}", number);
                return;
            }
            try (var _ = AutoreleasePool.push(objc)) {
                found.handler.run(objects);
            }
        } catch (Throwable e) {
            report(e);
        }
    }

    private static void report(Throwable failure) {
        try {
            LOG.error("a handler failed", failure);
        } catch (Throwable ignored) {
            // A logger that fails must not end the JVM either.
        }
    }

    /** A kind of block that is made when it is first asked for; of several that race to make it, one is kept. */
    private static final class Lazy {
        private final Supplier<BlockKind> make;
        private final AtomicReference<BlockKind> kind = new AtomicReference<>();

        Lazy(ObjectiveC objc, Supplier<MemorySegment> code) {
            make = () -> new BlockKind(objc, code.get());
        }

        BlockKind get() {
            if (kind.get() == null) {
                // No lock: a virtual thread that waited for one would park inside its autorelease pool.
                kind.compareAndSet(null, Unparked.call(make));
            }
            return kind.get();
        }
    }
}
