package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.Block_descriptor;
import io.ringkernel.metal.bindings.Block_invoke_bytes;
import io.ringkernel.metal.bindings.Block_invoke_object;
import io.ringkernel.metal.bindings.Block_invoke_object_value;
import io.ringkernel.metal.bindings.Block_literal;
import io.ringkernel.metal.bindings.Mtl;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
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
    // Lock-free, because a contended lock would park a virtual thread inside its autorelease pool.
    private final ConcurrentSkipListMap<Ticket, Waiting> waiting = new ConcurrentSkipListMap<>();
    private final AtomicLong tickets = new AtomicLong();

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
     * block. Never waits for another thread.
     */
    public void add(MemorySegment object, Runnable continuation) {
        add(object, 0, continuation);
    }

    /**
     * Has a continuation run when the block is called with this object and this value (unsigned) or a greater one. To
     * be called before the message that passes the block. Never waits for another thread.
     */
    public void add(MemorySegment object, long value, Runnable continuation) {
        waiting.put(new Ticket(object.address(), tickets.getAndIncrement()), new Waiting(value, continuation));
    }

    /**
     * Forgets a continuation, because the block will not be called for it: its object was given up.
     *
     * @return whether it was still waiting; then it will not run
     */
    public boolean remove(MemorySegment object, Runnable continuation) {
        return waitingFor(object).entrySet().stream()
                .filter(entry -> entry.getValue().continuation == continuation)
                .anyMatch(entry -> waiting.remove(entry.getKey()) != null);
    }

    /** The number of continuations that wait. */
    public int waitingCount() {
        return waiting.size();
    }

    private void runNext(MemorySegment object) {
        try {
            var next = waitingFor(object).pollFirstEntry();
            if (next == null) {
                LOG.error("a block was called for an object that nothing waits for: 0x{}", hex(object));
            } else {
                run(next.getValue());
            }
        } catch (Throwable e) {
            report(e);
        }
    }

    private void runReached(MemorySegment object, long value) {
        try {
            // A call may find nothing left to run: an earlier call with a greater value ran it.
            for (var entry : waitingFor(object).entrySet()) {
                boolean reached = Long.compareUnsigned(entry.getValue().value, value) <= 0;
                if (reached && waiting.remove(entry.getKey()) != null) {
                    run(entry.getValue());
                }
            }
        } catch (Throwable e) {
            report(e);
        }
    }

    private static void run(Waiting due) {
        try {
            due.continuation.run();
        } catch (Throwable e) {
            report(e);
        }
    }

    private ConcurrentNavigableMap<Ticket, Waiting> waitingFor(MemorySegment object) {
        long address = object.address();
        return waiting.subMap(new Ticket(address, 0), new Ticket(address, Long.MAX_VALUE));
    }

    private static String hex(MemorySegment object) {
        return Long.toHexString(object.address());
    }

    private static void report(Throwable failure) {
        try {
            LOG.error("a continuation failed", failure);
        } catch (Throwable ignored) {
            // A logger that fails must not end the JVM either.
        }
    }

    /** Orders the continuations of one object by when they were added. */
    private record Ticket(long address, long number) implements Comparable<Ticket> {
        @Override
        public int compareTo(Ticket other) {
            int byAddress = Long.compare(address, other.address);
            return byAddress != 0 ? byAddress : Long.compare(number, other.number);
        }
    }

    /** A continuation and the value from which on it is due. */
    private record Waiting(long value, Runnable continuation) {}
}
