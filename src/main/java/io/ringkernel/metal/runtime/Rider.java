package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.OutOfMemoryException;
import io.ringkernel.metal.wire.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * What rides on a command buffer: one kernel, or the kernels of a graph, with at most one submission in flight.
 *
 * <pre>
 *            wake                prepare
 *   IDLE ───────────► QUEUED ─────────────► RUNNING
 *    ▲                                          │
 *    └────────── completed, failed, or ─────────┘
 *                nothing to do after all
 * </pre>
 *
 * <p>Whatever makes work possible calls {@link #wake()} afterwards, and whoever leaves RUNNING does so too: no work is
 * overlooked. While RUNNING, the kernels' batches and memory belong to the dispatcher, the GPU, and the thread that
 * takes the results, one after the other.
 */
final class Rider {
    /** Submissions in a row that may come to nothing for reasons of others: then it fails. */
    private static final int MOST_ATTEMPTS = 8;

    private enum Phase {
        IDLE,
        QUEUED,
        RUNNING
    }

    private final RuntimeContext context;
    private final List<KernelLoop> kernels = new CopyOnWriteArrayList<>();

    /** What the kernels of a graph share; null for a kernel by itself. */
    private volatile GraphRounds rounds;

    /** Written under this object's lock. */
    private volatile Phase phase = Phase.IDLE;

    private volatile long queuedNanos;

    /** Whether the last submission failed, and this may be why. */
    private boolean isSuspect;

    /** Submissions that came to nothing since the last one that did not. */
    private int attempts;

    Rider(RuntimeContext context) {
        this.context = context;
    }

    /** Takes a kernel along; before it becomes active. */
    void add(KernelLoop kernel) {
        kernels.add(kernel);
    }

    /** Makes the kernels a graph; before one of them becomes active. */
    void use(GraphRounds graph) {
        rounds = graph;
    }

    /** Leaves a kernel behind that has ended. */
    void remove(KernelLoop kernel) {
        kernels.remove(kernel);
    }

    String name() {
        return kernels.size() == 1
                ? kernels.getFirst().name()
                : kernels.stream().map(KernelLoop::name).collect(Collectors.joining(", "));
    }

    /** The highest of its kernels' priorities. */
    Priority priority() {
        var highest = Priority.LOW;
        for (var kernel : kernels) {
            highest = kernel.priority().compareTo(highest) > 0 ? kernel.priority() : highest;
        }
        return highest;
    }

    /** Hands this to the dispatcher if it is idle and has work. */
    void wake() {
        if (becomesQueued()) {
            context.dispatcher().enqueue(this);
        }
    }

    /** As {@link #wake()}, for a caller who will wait for the result and may as well do the dispatcher's work. */
    void wakeAndHelp() {
        if (becomesQueued()) {
            context.dispatcher().enqueueAndHelp(this);
        }
    }

    private boolean becomesQueued() {
        if (phase != Phase.IDLE) {
            return false;
        }
        synchronized (this) {
            if (phase != Phase.IDLE || !hasWork()) {
                return false;
            }
            queuedNanos = System.nanoTime();
            phase = Phase.QUEUED;
        }
        return true;
    }

    private boolean hasWork() {
        for (var kernel : kernels) {
            if (kernel.hasWork()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a submission is being made, or in flight; to be asked under this object's lock. */
    boolean isRunning() {
        return phase == Phase.RUNNING;
    }

    /** Dispatcher: for how many nanoseconds this should wait for more messages. */
    long lingersFor(long now) {
        long linger = context.policy().linger().toNanos();
        if (linger == 0) {
            return 0;
        }
        for (var kernel : kernels) {
            if (kernel.isDue()) {
                return 0;
            }
        }
        return queuedNanos + linger - now;
    }

    /** Dispatcher: whether the last submission failed, and this may be why. */
    boolean isSuspect() {
        return isSuspect;
    }

    /** Dispatcher: whether no other rider may share the command buffer. */
    boolean ridesAlone() {
        if (isSuspect || attempts > 1) {
            return true;
        }
        for (var kernel : kernels) {
            if (kernel.ridesAlone()) {
                return true;
            }
        }
        return false;
    }

    /** Dispatcher: makes the next submission; false if there is nothing to do after all. */
    boolean prepare() {
        synchronized (this) {
            phase = Phase.RUNNING;
        }
        try {
            boolean hasWork = false;
            for (var kernel : kernels) {
                hasWork |= kernel.take();
            }
            if (hasWork) {
                // ORDER: the clock had every message's timestamp before the message was offered; a tick after the last
                // take is later. One time for all, since kernels of a graph cause each other's messages.
                var now = context.clock().tick();
                kernels.forEach(kernel -> kernel.write(now));
                return true;
            }
        } catch (RuntimeException | Error e) {
            failed(e);
            return false;
        }
        leave();
        return false;
    }

    /** Dispatcher: encodes what was prepared. */
    void encode(MetalComputeEncoder encoder) {
        var graph = rounds;
        if (graph != null) {
            graph.encode(encoder);
        } else {
            kernels.forEach(kernel -> kernel.encode(encoder));
        }
    }

    /** Dispatcher: the submission is about to be committed. */
    void committed(long now) {
        kernels.forEach(kernel -> kernel.committed(now));
    }

    /**
     * The command buffer completed.
     *
     * @param after gets what the caller is to run when nothing else remains to be done: it may run user code
     */
    void completed(long now, long gpuNanos, List<Runnable> after) {
        isSuspect = false;
        attempts = 0;
        for (var kernel : kernels) {
            try {
                kernel.completed(now, gpuNanos, after);
            } catch (RuntimeException e) {
                kernel.failed(e).run();
            }
        }
        leave();
    }

    /** The submission did not get through, and no kernel's memory can be trusted any more. */
    void failed(Throwable failure) {
        // All of them have failed before the first one's callers learn of it.
        kernels.stream().map(kernel -> kernel.failed(failure)).toList().forEach(Runnable::run);
        leave();
    }

    /**
     * The submission came to nothing, though not because of these kernels as far as anybody knows: they ride again.
     *
     * @param verdict any but those that end here
     */
    void rideAgain(Verdict verdict, Throwable failure) {
        boolean hasBegun = verdict != Verdict.RIDE_AGAIN;
        boolean isPossible = !hasBegun || kernels.stream().allMatch(KernelLoop::canTakeBack);
        if (!isPossible || ++attempts == MOST_ATTEMPTS) {
            failed(failure);
            return;
        }
        context.observer().ridesAgain(name(), failure);
        isSuspect |= verdict == Verdict.RIDE_ALONE;
        kernels.forEach(kernel -> kernel.takeBack(hasBegun));
        leave();
    }

    /**
     * The submission does not end, and another rider or submission may be to blame: the kernel goes on without it.
     *
     * @return false if it cannot, and nothing has happened
     */
    boolean moveOut(Verdict verdict, Throwable failure) {
        boolean isPossible = rounds == null && attempts + 1 < MOST_ATTEMPTS;
        try {
            if (!isPossible || !kernels.stream().allMatch(KernelLoop::moveOut)) {
                return false;
            }
        } catch (OutOfMemoryException e) {
            return false;
        }
        attempts++;
        context.observer().ridesAgain(name(), failure);
        isSuspect |= verdict == Verdict.RIDE_ALONE;
        leave();
        return true;
    }

    private void leave() {
        var resting = new ArrayList<CompletableFuture<Void>>(0);
        synchronized (this) {
            for (var kernel : kernels) {
                kernel.leave(resting);
            }
            phase = Phase.IDLE;
        }
        complete(resting);
        wake();
    }

    /** Completes what waited for the end of a submission, on the executor. */
    void complete(List<CompletableFuture<Void>> resting) {
        resting.forEach(future -> context.executor().execute(() -> future.complete(null)));
    }
}
