package io.ringkernel.metal.runtime;

import io.ringkernel.metal.CommandFailedException;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Moves one kernel's messages through the GPU, at most one batch at a time.
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
 * overlooked. While RUNNING, the batch and the kernel's memory belong to the dispatcher, the GPU, and the thread that
 * takes the results, one after the other.
 */
final class KernelLoop {
    private enum Phase {
        IDLE,
        QUEUED,
        RUNNING
    }

    private final KernelId id;
    private final LaunchOptions options;
    private final RuntimeContext context;
    private final Lifecycle lifecycle;
    private final SendQueue sendQueue;
    private final ReceiveQueue receiveQueue;
    private final KernelCounters counters;
    private final Delivery delivery;
    private final Runnable terminated;

    private final Batch batch = new Batch();
    private final SendQueue.Findings found = new SendQueue.Findings();
    private final List<CompletableFuture<Void>> awaitingRest = new ArrayList<>();
    private volatile KernelMemory memory;
    private volatile int running;
    private FlightEvents.Dispatch event;

    /** Written under this object's lock. */
    private volatile Phase phase = Phase.IDLE;

    private volatile long queuedNanos;

    /** Whether messages stay behind until a reply is received. */
    private volatile boolean isStalled;

    KernelLoop(MetalKernel kernel, RuntimeContext context, Runnable terminated) {
        this.id = kernel.id();
        this.options = kernel.options();
        this.context = context;
        this.lifecycle = kernel.lifecycle();
        this.sendQueue = kernel.sendQueue();
        this.receiveQueue = kernel.receiveQueue();
        this.counters = kernel.counters();
        this.delivery = new Delivery(kernel, context, this);
        this.terminated = terminated;
    }

    /** Gives the loop the memory that it works on; before the kernel becomes active. */
    void use(KernelMemory kernelMemory) {
        memory = kernelMemory;
    }

    String name() {
        return id.name();
    }

    Priority priority() {
        return options.priority();
    }

    /** Messages that are being handled. */
    int inFlight() {
        return running;
    }

    long gpuMemoryBytes() {
        var current = memory;
        return current == null ? 0 : current.byteSize();
    }

    /** Hands the kernel to the dispatcher if it is idle and has work. */
    void wake() {
        if (becomesQueued()) {
            context.dispatcher().enqueue(this);
        }
    }

    /** As {@link #wake()}, for a caller who will wait for the result and may as well do the dispatcher's work. */
    void wakeAndHelp() {
        isStalled = false; // the first reply to a call needs no room
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

    /** Room for replies may have appeared. */
    void unstall() {
        if (isStalled) {
            isStalled = false;
        }
        wake();
    }

    boolean isStalled() {
        return isStalled;
    }

    /** Ends replies whose deadline passed before they were received. */
    void expiredReplies(List<MessageEnvelope> replies) {
        delivery.expiredReplies(replies);
    }

    private boolean hasWork() {
        return switch (lifecycle.state()) {
            case ACTIVE -> !isStalled && !delivery.isBlocked() && sendQueue.size() > 0;
            case TERMINATING -> true;
            default -> false;
        };
    }

    /** Becomes active; in a running loop the GPU side still is. */
    synchronized void activate() {
        if (phase != Phase.RUNNING) {
            memory.setActive(true);
        }
    }

    /** Completes once no batch is in flight; the state has changed before. */
    CompletableFuture<Void> rest() {
        synchronized (this) {
            if (phase == Phase.RUNNING) {
                var resting = new CompletableFuture<Void>();
                awaitingRest.add(resting);
                return resting;
            }
            memory.setActive(false);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Dispatcher: for how many nanoseconds the kernel should wait for more messages. */
    long lingersFor(long now) {
        long linger = context.policy().linger().toNanos();
        boolean isDue = linger == 0 || lifecycle.state() != KernelState.ACTIVE || sendQueue.size() >= batchLimit();
        return isDue ? 0 : queuedNanos + linger - now;
    }

    private int batchLimit() {
        return Math.min(context.policy().maxBatch(), memory.batchLimit());
    }

    /** Dispatcher: makes the next batch; false if there is nothing to do after all. */
    boolean prepare() {
        KernelState state;
        synchronized (this) {
            phase = Phase.RUNNING;
            state = lifecycle.state();
        }
        try {
            boolean hasBatch = switch (state) {
                case ACTIVE -> !delivery.isBlocked() && prepareBatch();
                case TERMINATING -> prepareFarewell();
                default -> false;
            };
            if (!hasBatch && memory != null) {
                leave();
            }
            return hasBatch;
        } catch (RuntimeException | Error e) {
            failed(e);
            return false;
        }
    }

    private boolean prepareBatch() {
        // ORDER: stalled is set before the room is read. A receive that frees room afterwards sees it and clears it, so
        // that
        // the check in leave() finds the work that this take left behind.
        isStalled = true;
        var room = new SendQueue.Room(options.outputCapacity() - receiveQueue.size(), options.repliesPerMessage());
        found.clear();
        sendQueue.take(batch, batchLimit(), room, context.clock().tick(), found);
        if (found.lacksRoom()) {
            counters.outputStalls.increment();
        } else {
            isStalled = false;
        }
        found.admitted().forEach(sender -> sender.settle(context.executor(), null));
        delivery.expired(found.expired());
        if (batch.size() == 0) {
            return false;
        }
        memory.setActive(true);
        boolean lingered = context.policy().linger().isPositive();
        batch.flush(found.isFull() ? Batch.Flush.FULL : lingered ? Batch.Flush.DEADLINE : Batch.Flush.IDLE);
        // ORDER: the clock had every message's timestamp before the message was offered; a tick after the take is
        // later.
        batch.byteSize(memory.write(batch, context.clock().tick()));
        running = batch.size();
        return true;
    }

    /** Answers what is queued, and makes the dispatch that tells the GPU side; a failed kernel goes without. */
    private boolean prepareFarewell() {
        delivery.ended(sendQueue.drain(), DeadLetter.Reason.TERMINATED, new RingKernelException.KernelTerminated(id));
        if (lifecycle.failure().isPresent()) {
            finish();
            return false;
        }
        memory.setActive(true);
        batch.makeFarewell();
        memory.write(batch, context.clock().tick());
        return true;
    }

    /** Dispatcher: encodes the batch. */
    void encode(MetalComputeEncoder encoder) {
        memory.encode(encoder, batch);
    }

    /** Dispatcher: the batch is about to be committed. */
    void committed(long now) {
        event = context.observer().dispatching();
        batch.committedAt(now);
    }

    /**
     * The batch's command buffer completed.
     *
     * @param after gets what the caller is to run when nothing else remains to be done: it may run user code
     */
    void completed(long now, long gpuNanos, List<Runnable> after) {
        if (batch.isFarewell()) {
            finish();
            return;
        }
        try {
            if (!memory.tookAll(batch)) {
                throw new IllegalStateException("the entry function did not take the whole batch");
            }
            context.clock().update(memory.clock());
        } catch (RuntimeException e) {
            failed(e);
            return;
        }
        counters.dispatches.increment();
        counters.processed.add(batch.size());
        counters.bytesToDevice.add(batch.byteSize());
        counters.flushed(batch.flush());
        counters.gpuNanos.add(gpuNanos);
        counters.latency.record(now - batch.committedNanos());
        context.observer().dispatched(id, batch, now, gpuNanos, event);
        delivery.results(batch, memory, after);
        memory.release(batch);
        leave();
    }

    /** The batch did not get through: its messages fail, and the kernel with them, and with it what is queued. */
    void failed(Throwable failure) {
        if (batch.isFarewell()) {
            finish();
            return;
        }
        var cause = failure instanceof CommandFailedException e ? e.withMessageIds(batch.ids()) : failure;
        context.observer().batchFailed(id, cause);
        lifecycle.fail(cause);
        var refusal = new RingKernelException.KernelFailed(id, cause);
        sendQueue.close(refusal).forEach(sender -> sender.fail(context.executor(), refusal));
        receiveQueue.close(refusal).forEach(receiver -> receiver.fail(context.executor(), refusal));
        counters.failed.add(batch.size());
        delivery.ended(batch, DeadLetter.Reason.COMMAND_FAILED, cause);
        delivery.ended(sendQueue.drain(), DeadLetter.Reason.KERNEL_FAILED, refusal);
        leave();
    }

    private void leave() {
        List<CompletableFuture<Void>> resting;
        batch.clear();
        running = 0;
        synchronized (this) {
            memory.setActive(lifecycle.state() == KernelState.ACTIVE);
            phase = Phase.IDLE;
            resting = List.copyOf(awaitingRest);
            awaitingRest.clear();
        }
        resting.forEach(future -> context.executor().execute(() -> future.complete(null)));
        wake();
    }

    /** The end: nothing refers to the memory any more. The phase stays RUNNING, so that nothing begins again. */
    private void finish() {
        List<CompletableFuture<Void>> resting;
        synchronized (this) {
            memory.close();
            memory = null;
            resting = List.copyOf(awaitingRest);
            awaitingRest.clear();
        }
        resting.forEach(future -> context.executor().execute(() -> future.complete(null)));
        terminated.run();
    }
}
