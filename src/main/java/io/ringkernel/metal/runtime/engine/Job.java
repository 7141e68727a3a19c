package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.OutOfMemoryException;
import io.ringkernel.metal.wire.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * The submissions of a kernel, or of the kernels of a graph, of which at most one is in flight. Jobs that are ready
 * together share a command buffer.
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
abstract sealed class Job permits KernelJob, GraphJob {
    /** Submissions in a row that may come to nothing for reasons of others: then it fails. */
    private static final int MOST_ATTEMPTS = 8;

    /** Takes jobs that have work. */
    interface Queue {
        /** Takes a job. It must not be handed over again before it was prepared. */
        void enqueue(Job job);

        /** As {@link #enqueue}, on a thread that will wait for the result and may as well do some of the work. */
        void enqueueAndHelp(Job job);
    }

    private enum Phase {
        IDLE,
        QUEUED,
        RUNNING
    }

    private final RuntimeContext context;
    private final Queue queue;
    private final List<KernelLoop> kernels = new CopyOnWriteArrayList<>();

    /** Written under this object's lock. */
    private volatile Phase phase = Phase.IDLE;

    private volatile long queuedNanos;

    /** Whether the last submission failed, and this may be why. */
    private boolean isSuspect;

    /** Submissions that came to nothing since the last one that did not. */
    private int attempts;

    Job(RuntimeContext context, Queue queue) {
        this.context = context;
        this.queue = queue;
    }

    /** Takes a kernel along; before it becomes active. */
    void add(KernelLoop kernel) {
        kernels.add(kernel);
    }

    final List<KernelLoop> kernels() {
        return kernels;
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
            queue.enqueue(this);
        }
    }

    /** As {@link #wake()}, for a caller who will wait for the result and may as well do the dispatcher's work. */
    void wakeAndHelp() {
        if (becomesQueued()) {
            queue.enqueueAndHelp(this);
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

    /** Dispatcher: whether no other job may share the command buffer. */
    boolean needsOwnCommandBuffer() {
        if (isSuspect || attempts > 1) {
            return true;
        }
        for (var kernel : kernels) {
            if (kernel.needsOwnCommandBuffer()) {
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
    abstract void encode(MetalComputeEncoder encoder);

    /** Whether the kernels can go on while the GPU may still be busy with their last submission. */
    abstract boolean canDetach();

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
     * The submission came to nothing, though not because of these kernels as far as anybody knows: they are submitted
     * again.
     *
     * @param verdict any but those that end here
     */
    void retry(Verdict verdict, Throwable failure) {
        boolean hasBegun = verdict != Verdict.RETRY;
        boolean isPossible = !hasBegun || kernels.stream().allMatch(KernelLoop::canRollBack);
        if (!isPossible || ++attempts == MOST_ATTEMPTS) {
            failed(failure);
            return;
        }
        context.observer().retried(name(), failure);
        isSuspect |= verdict == Verdict.ISOLATE;
        kernels.forEach(kernel -> kernel.rollBack(hasBegun));
        leave();
    }

    /**
     * The submission does not end, and another job or submission may be to blame: the kernel goes on without it.
     *
     * @return false if it cannot, and nothing has happened
     */
    boolean detach(Verdict verdict, Throwable failure) {
        boolean isPossible = canDetach() && attempts + 1 < MOST_ATTEMPTS;
        try {
            if (!isPossible || !kernels.stream().allMatch(KernelLoop::detach)) {
                return false;
            }
        } catch (OutOfMemoryException e) {
            return false;
        }
        attempts++;
        context.observer().retried(name(), failure);
        isSuspect |= verdict == Verdict.ISOLATE;
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
