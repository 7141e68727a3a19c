package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_newSharedEvent;
import io.ringkernel.metal.bindings.MTLSharedEvent_notifyListener_atValue_block;
import io.ringkernel.metal.bindings.MTLSharedEvent_setSignaledValue;
import io.ringkernel.metal.bindings.MTLSharedEvent_signaledValue;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.HandlerBlock;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An event that the CPU too can signal, read and wait for ({@code MTLSharedEvent}). Values are unsigned and only grow.
 */
public final class MetalSharedEvent extends MetalEvent {
    private static final Message NEW_SHARED_EVENT = Message.of(MTLDevice_newSharedEvent.class);
    private static final Message VALUE = Message.of(MTLSharedEvent_signaledValue.class);
    private static final Message SET_VALUE = Message.of(MTLSharedEvent_setSignaledValue.class);
    private static final Message NOTIFY = Message.of(MTLSharedEvent_notifyListener_atValue_block.class);

    /** One notification for all who wait for a value, so that asking again and again does not pile them up. */
    private static final class Wait {
        private final Set<CompletableFuture<Void>> waiters = new HashSet<>();
        private HandlerBlock block;
    }

    private final Retained listener;
    // Guards itself and every Wait in it. No message is sent, and no future completed, by a thread that holds it,
    // but for the message that begins a wait.
    private final Map<Long, Wait> waits = new HashMap<>();

    private MetalSharedEvent(Retained retained) {
        super(retained);
        try (var _ = AutoreleasePool.push(objc())) {
            listener = NSObject.make(objc(), "MTLSharedEventListener");
        }
    }

    static MetalSharedEvent make(MetalDevice device) {
        return new MetalSharedEvent(device.sendForObject(NEW_SHARED_EVENT, MTLDevice_newSharedEvent::invoke));
    }

    /** The value that was signalled last. */
    public long value() {
        return sendForLong(VALUE, MTLSharedEvent_signaledValue::invoke);
    }

    /** Signals a value from the CPU. */
    public void signal(long value) {
        var send = objc().bind(SET_VALUE);
        try (var receiver = receiver()) {
            MTLSharedEvent_setSignaledValue.invoke(send.function(), receiver.id(), send.selector(), value);
        }
    }

    /**
     * Completes when the event reaches a value, at once if it has. The event stays alive until then, even when closed.
     *
     * <p>Each call gives a future of its own. Whoever cancels it, or completes it by a timeout, does not wait any more:
     * when nobody waits for the value, nothing is kept for it.
     *
     * @throws IllegalStateException after close
     */
    public CompletableFuture<Void> whenReached(long value) {
        var mine = new CompletableFuture<Void>();
        synchronized (waits) {
            var wait = waits.get(value);
            if (wait == null) {
                wait = begin(value);
                waits.put(value, wait);
            }
            wait.waiters.add(mine);
        }
        mine.whenComplete((_, _) -> leave(value, mine));
        return mine;
    }

    private Wait begin(long value) {
        var wait = new Wait();
        // Both live until the handler ran, or is forgotten. The listener is closed last, so it is taken first.
        var listenerId = listener.acquire();
        var id = acquireOrRelease(listener);
        var send = objc().bind(NOTIFY);
        try (var _ = AutoreleasePool.push(objc());
                var block = objc().blocks().ofSharedEvent(() -> Completions.run(() -> reached(value, wait)))) {
            MTLSharedEvent_notifyListener_atValue_block.invoke(
                    send.function(), id, send.selector(), listenerId, value, block.literal());
            wait.block = block;
        }
        return wait;
    }

    private void reached(long value, Wait wait) {
        List<CompletableFuture<Void>> waiters;
        synchronized (waits) {
            waits.remove(value, wait);
            waiters = List.copyOf(wait.waiters);
            wait.waiters.clear();
        }
        letGo();
        waiters.forEach(waiter -> waiter.complete(null));
    }

    /** The last who leaves before the value is reached takes the notification back. */
    private void leave(long value, CompletableFuture<Void> waiter) {
        synchronized (waits) {
            var wait = waits.get(value);
            if (wait == null || !wait.waiters.remove(waiter) || !wait.waiters.isEmpty() || !wait.block.forget()) {
                return;
            }
            waits.remove(value);
        }
        letGo();
    }

    private void letGo() {
        try (var _ = AutoreleasePool.push(objc())) {
            listener.release();
            retained().release();
        }
    }

    private MemorySegment acquireOrRelease(Retained other) {
        try {
            return retained().acquire();
        } catch (IllegalStateException e) {
            other.release();
            throw e;
        }
    }

    /**
     * Waits until the event reaches a value.
     *
     * @param timeout zero or less does not wait; 292 years and more are for ever
     * @return whether it did before the time was up
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean waitUntil(long value, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        if (Long.compareUnsigned(value(), value) >= 0) {
            return true;
        }
        var reached = whenReached(value);
        try {
            reached.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            reached.cancel(false);
        }
    }

    /** Gives the event up. Idempotent. Futures that wait for a value go on waiting. */
    @Override
    public void close() {
        super.close();
        try (var _ = AutoreleasePool.push(objc())) {
            listener.close();
        }
    }
}
