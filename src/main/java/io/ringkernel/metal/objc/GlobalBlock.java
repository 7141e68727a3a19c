package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.Block_descriptor;
import io.ringkernel.metal.bindings.Block_invoke_bytes;
import io.ringkernel.metal.bindings.Block_invoke_object;
import io.ringkernel.metal.bindings.Block_invoke_object_value;
import io.ringkernel.metal.bindings.Block_literal;
import io.ringkernel.metal.bindings.Mtl;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Objective-C block for every handler of one kind, and the continuations that wait for it.
 *
 * <p>The runtime may read a block after its code returned, so a block that dies with its handler is not safe. This one
 * is global and lives as long as its provider; which continuation a call is for follows from what the block is called
 * with.
 *
 * <p><b>Threads.</b> Continuations run on a thread of the driver. They store a result and wake a waiter, and do nothing
 * that may block. What they throw is logged and goes no further: an exception that left the block would end the JVM.
 */
public final class GlobalBlock {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalBlock.class);

    private final MemorySegment literal;
    private final ConcurrentHashMap<Long, List<Waiting>> waiting = new ConcurrentHashMap<>();

    private GlobalBlock(ObjectiveC objc, Function<GlobalBlock, MemorySegment> code) {
        var arena = objc.arena();
        var descriptor = arena.allocate(Block_descriptor.layout());
        Block_descriptor.size(descriptor, Block_literal.layout().byteSize());
        literal = arena.allocate(Block_literal.layout());
        Block_literal.isa(literal, objc.symbol("_NSConcreteGlobalBlock"));
        Block_literal.flags(literal, Mtl.BLOCK_IS_GLOBAL());
        Block_literal.invoke(literal, code.apply(this));
        Block_literal.descriptor(literal, descriptor);
    }

    /** A block {@code void (^)(id)} that is called once for each continuation, which run in the order of addition. */
    static GlobalBlock ofObject(ObjectiveC objc) {
        return new GlobalBlock(
                objc, self -> Block_invoke_object.allocate((block, object) -> self.runNext(object), objc.arena()));
    }

    /** A block {@code void (^)(void *, NSUInteger)}, as above. */
    static GlobalBlock ofBytes(ObjectiveC objc) {
        return new GlobalBlock(
                objc, self -> Block_invoke_bytes.allocate((block, bytes, length) -> self.runNext(bytes), objc.arena()));
    }

    /** A block {@code void (^)(id, uint64_t)}: a call runs every continuation whose value is reached by the call's. */
    static GlobalBlock ofObjectAndValue(ObjectiveC objc) {
        return new GlobalBlock(
                objc,
                self -> Block_invoke_object_value.allocate(
                        (block, object, value) -> self.runReached(object, value), objc.arena()));
    }

    /** The block, to be passed in a message. */
    public MemorySegment literal() {
        return literal;
    }

    /**
     * Has a continuation run when the block is called with this object. To be called before the message that passes the
     * block.
     */
    public void add(MemorySegment object, Runnable continuation) {
        add(object, 0, continuation);
    }

    /**
     * Has a continuation run when the block is called with this object and this value (unsigned) or a greater one. To
     * be called before the message that passes the block.
     */
    public void add(MemorySegment object, long value, Runnable continuation) {
        waiting.compute(object.address(), (address, list) -> {
            var added = list == null ? new ArrayList<Waiting>(1) : list;
            added.add(new Waiting(value, continuation));
            return added;
        });
    }

    /**
     * Forgets a continuation, because the block will not be called for it: its object was given up.
     *
     * @return whether it was still waiting; then it will not run
     */
    public boolean remove(MemorySegment object, Runnable continuation) {
        var removed = new ArrayList<Waiting>(1);
        waiting.computeIfPresent(object.address(), (address, list) -> {
            list.stream()
                    .filter(w -> w.continuation == continuation)
                    .findFirst()
                    .ifPresent(removed::add);
            list.removeAll(removed);
            return list.isEmpty() ? null : list;
        });
        return !removed.isEmpty();
    }

    /** The number of continuations that wait. */
    public int waitingCount() {
        return waiting.values().stream().mapToInt(List::size).sum();
    }

    private void runNext(MemorySegment object) {
        try {
            var due = new ArrayList<Waiting>(1);
            waiting.computeIfPresent(object.address(), (address, list) -> {
                due.add(list.removeFirst());
                return list.isEmpty() ? null : list;
            });
            if (due.isEmpty()) {
                LOG.error(
                        "a block was called for an object that nothing waits for: {}",
                        Long.toHexString(object.address()));
            }
            due.forEach(Waiting::run);
        } catch (Throwable e) {
            report(e);
        }
    }

    private void runReached(MemorySegment object, long value) {
        try {
            // A call may have nothing left to run: an earlier call with a greater value ran it.
            var due = new ArrayList<Waiting>(1);
            waiting.computeIfPresent(object.address(), (address, list) -> {
                list.stream()
                        .filter(w -> Long.compareUnsigned(w.value, value) <= 0)
                        .forEach(due::add);
                list.removeAll(due);
                return list.isEmpty() ? null : list;
            });
            due.forEach(Waiting::run);
        } catch (Throwable e) {
            report(e);
        }
    }

    private static void report(Throwable failure) {
        try {
            LOG.error("a continuation failed", failure);
        } catch (Throwable ignored) {
            // A logger that fails must not end the JVM either.
        }
    }

    /** A continuation and the value from which on it is due; equal only to itself. */
    private static final class Waiting {
        private final long value;
        private final Runnable continuation;

        Waiting(long value, Runnable continuation) {
            this.value = value;
            this.continuation = continuation;
        }

        void run() {
            try {
                continuation.run();
            } catch (Throwable e) {
                report(e);
            }
        }
    }
}
