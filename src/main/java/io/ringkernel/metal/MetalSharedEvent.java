package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_newSharedEvent;
import io.ringkernel.metal.bindings.MTLSharedEvent_notifyListener_atValue_block;
import io.ringkernel.metal.bindings.MTLSharedEvent_setSignaledValue;
import io.ringkernel.metal.bindings.MTLSharedEvent_signaledValue;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Retained listener;
    private final ConcurrentHashMap<Long, CompletableFuture<Void>> waited = new ConcurrentHashMap<>();

    private MetalSharedEvent(Retained retained) {
        super(retained);
        listener = NSObject.make(objc(), "MTLSharedEventListener");
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
        try (var held = held()) {
            MTLSharedEvent_setSignaledValue.invoke(send.function(), held.id(), send.selector(), value);
        }
    }

    /**
     * Completes when the event reaches a value, at once if it has. Cancelling the future changes nothing for others.
     * The event stays alive until then, even when closed.
     */
    public CompletableFuture<Void> whenReached(long value) {
        var mine = new CompletableFuture<Void>();
        // One notification for all who wait for a value, so that asking again and again does not pile them up.
        var first = waited.putIfAbsent(value, mine);
        if (first != null) {
            return first.copy();
        }
        try {
            notifyWhenReached(value, mine);
        } catch (RuntimeException | Error e) {
            waited.remove(value, mine);
            mine.completeExceptionally(e);
            throw e;
        }
        return mine.copy();
    }

    private void notifyWhenReached(long value, CompletableFuture<Void> reached) {
        // Both live until the handler ran. The listener is closed last, so it is taken first.
        var listenerId = listener.acquire();
        var id = acquireOrRelease(listener);
        var send = objc().bind(NOTIFY);
        try (var block = objc().blocks().ofSharedEvent(() -> {
            waited.remove(value, reached);
            listener.release();
            retained().release();
            Completions.run(() -> reached.complete(null));
        })) {
            MTLSharedEvent_notifyListener_atValue_block.invoke(
                    send.function(), id, send.selector(), listenerId, value, block.literal());
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
     * @return whether it did before the time was up
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean waitUntil(long value, Duration timeout) throws InterruptedException {
        if (Long.compareUnsigned(value(), value) >= 0) {
            return true;
        }
        try {
            whenReached(value).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Gives the event up. Idempotent. Futures that wait for a value go on waiting. */
    @Override
    public void close() {
        super.close();
        listener.close();
    }
}
