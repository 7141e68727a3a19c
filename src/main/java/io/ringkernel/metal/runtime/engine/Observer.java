package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.DeadLetter;
import io.ringkernel.metal.runtime.KernelState;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageId;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log, the flight recorder, open trace recordings and the dead-letter hook what happens. */
final class Observer {
    private static final Logger LOG = LoggerFactory.getLogger("io.ringkernel.metal.runtime.MetalRuntime");

    /** Stands for no hook. */
    static final Consumer<DeadLetter> NO_HOOK = _ -> {};

    private final Consumer<DeadLetter> hook;
    private final Executor executor;
    private final CopyOnWriteArrayList<Timeline> recordings = new CopyOnWriteArrayList<>();

    Observer(Consumer<DeadLetter> hook, Executor executor) {
        this.hook = hook;
        this.executor = executor;
    }

    /** Tells a timeline what happens, until it is {@linkplain #forget forgotten}. */
    void tell(Timeline timeline) {
        recordings.add(timeline);
    }

    void forget(Timeline timeline) {
        recordings.remove(timeline);
    }

    /** A compilation has ended; {@code failure} is null if it succeeded. */
    void compiled(KernelId kernel, int sourceLength, long startNanos, FlightEvents.Compile event, Throwable failure) {
        event.end();
        var said = failure == null ? "" : String.valueOf(failure.getMessage());
        if (event.shouldCommit()) {
            event.kernel = kernel.name();
            event.sourceLength = sourceLength;
            event.failure = said;
            event.commit();
        }
        long nanos = System.nanoTime() - startNanos;
        LOG.debug("kernel '{}' compiled in {} ms {}", kernel, nanos / 1_000_000, said);
        var details = failure == null
                ? Map.<String, Object>of("sourceLength", sourceLength)
                : Map.<String, Object>of("sourceLength", sourceLength, "failure", said);
        recordings.forEach(recording -> recording.span("compile", kernel, startNanos, nanos, details));
    }

    void stateChanged(KernelId kernel, KernelState from, KernelState to) {
        var event = new FlightEvents.StateChange();
        if (event.shouldCommit()) {
            event.kernel = kernel.name();
            event.from = from.name();
            event.to = to.name();
            event.commit();
        }
        LOG.debug("kernel '{}': {} -> {}", kernel, from, to);
        recordings.forEach(recording -> recording.instant(to.name(), kernel, Map.of("from", from.name())));
    }

    /** A new event for a dispatch that begins now; given back to {@link #dispatched}. */
    FlightEvents.Dispatch dispatching() {
        var event = new FlightEvents.Dispatch();
        event.begin();
        return event;
    }

    void dispatched(KernelId kernel, Batch batch, long endNanos, long gpuNanos, FlightEvents.Dispatch event) {
        event.end();
        if (event.shouldCommit()) {
            event.kernel = kernel.name();
            event.batchSize = batch.size();
            event.bytesToDevice = batch.byteSize();
            event.gpuTime = gpuNanos;
            event.commit();
        }
        for (var recording : recordings) {
            var details = Map.<String, Object>of(
                    "messages", batch.size(), "flush", batch.flush().name(), "gpuNanos", gpuNanos);
            recording.span("dispatch", kernel, batch.committedNanos(), endNanos - batch.committedNanos(), details);
        }
    }

    void batchFailed(KernelId kernel, Throwable failure) {
        LOG.warn("kernel '{}' failed: {}", kernel, failure.getMessage());
    }

    /** A command buffer is not waited for any longer. */
    void overdue(RingKernelException failure) {
        LOG.warn("{}", failure.getMessage());
    }

    /** A submission came to nothing, and its kernels are dispatched again. */
    void retried(String kernels, Throwable failure) {
        LOG.info("kernels '{}' are dispatched again: {}", kernels, failure.getMessage());
    }

    /** A message ends undelivered. */
    void deadLetter(DeadLetter letter) {
        var cause = letter.cause().map(Throwable::getMessage).orElse("");
        messageFailed(
                letter.kernel(),
                letter.message().header().messageId(),
                letter.reason().name(),
                cause);
        if (hook != NO_HOOK) {
            executor.execute(() -> tellHook(letter));
        }
    }

    /** A call fails; its caller is told. */
    void callFailed(KernelId kernel, MessageId request, String reason, Throwable failure) {
        messageFailed(kernel, request, reason, String.valueOf(failure.getMessage()));
    }

    private void messageFailed(KernelId kernel, MessageId message, String reason, String cause) {
        var event = new FlightEvents.MessageFailure();
        if (event.shouldCommit()) {
            event.kernel = kernel.name();
            event.messageId = message.toString();
            event.reason = reason;
            event.cause = cause;
            event.commit();
        }
        LOG.debug("kernel '{}': {} {} {}", kernel, message, reason, cause);
        recordings.forEach(
                recording -> recording.instant(reason, kernel, Map.of("message", message.toString(), "cause", cause)));
    }

    private void tellHook(DeadLetter letter) {
        try {
            hook.accept(letter);
        } catch (RuntimeException e) {
            LOG.warn("the dead-letter hook failed", e);
        }
    }

    void unexpected(String where, Throwable failure) {
        LOG.error("unexpected failure in {}", where, failure);
    }
}
