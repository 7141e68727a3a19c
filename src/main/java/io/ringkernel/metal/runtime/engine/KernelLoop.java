package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.CommandFailedException;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.runtime.DeadLetter;
import io.ringkernel.metal.runtime.KernelState;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Moves one kernel's messages to the GPU and back, a batch at a time, as part of a {@link Job}, whose submissions say
 * when.
 */
final class KernelLoop implements Waker {
    private final KernelId id;
    private final LaunchOptions options;
    private final RuntimeContext context;
    private final Lifecycle lifecycle;
    private final SendQueue sendQueue;
    private final ReceiveQueue receiveQueue;
    private final KernelCounters counters;
    private final KernelEndpoint endpoint;
    private final Delivery delivery;
    private final Job job;
    private final Runnable terminated;

    private final Batch batch = new Batch();
    private final SendQueue.Findings found = new SendQueue.Findings();
    /** Guarded by the job's lock. */
    private final List<CompletableFuture<Void>> awaitingRest = new ArrayList<>(0);

    private volatile KernelMemory memory;
    private volatile int running;
    private volatile int waiting;
    private boolean takesPart;
    private boolean isHostFirst;
    private int outputRoom;
    private FlightEvents.Dispatch event;

    /** Whether messages stay behind until a reply is received. */
    private volatile boolean isStalled;

    KernelLoop(KernelCore kernel, RuntimeContext context, KernelEndpoint endpoint, Job job, Runnable terminated) {
        this.id = kernel.id();
        this.options = kernel.options();
        this.context = context;
        this.lifecycle = kernel.lifecycle();
        this.sendQueue = kernel.sendQueue();
        this.receiveQueue = kernel.receiveQueue();
        this.counters = kernel.counters();
        this.endpoint = endpoint;
        this.delivery = new Delivery(kernel, context, endpoint, this);
        this.job = job;
        this.terminated = terminated;
        job.add(this);
    }

    /** Gives the loop the memory that it works on; before the kernel becomes active. */
    void use(KernelMemory kernelMemory) {
        memory = kernelMemory;
    }

    /** Gives up the memory of a kernel that will not be active. */
    void discard() {
        memory.close();
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

    /** Messages that other kernels sent on the GPU and that wait to be handled. */
    int waiting() {
        return waiting;
    }

    long gpuMemoryBytes() {
        var current = memory;
        return current == null ? 0 : current.byteSize();
    }

    @Override
    public void wake() {
        job.wake();
    }

    @Override
    public void wakeAndHelp() {
        isStalled = false; // the first reply to a call needs no room
        job.wakeAndHelp();
    }

    @Override
    public void unstall() {
        if (isStalled) {
            isStalled = false;
            job.wake();
        }
    }

    /** Ends messages whose deadline passed while they waited for a batch, or for the end of another one. */
    void expired() {
        var expired = sendQueue.takeExpired(context.clock().tick());
        if (expired.size() > 0) {
            delivery.expired(expired);
            wake();
        }
    }

    /** Ends replies whose deadline passed before they were received. */
    void expiredReplies(List<MessageEnvelope> replies) {
        delivery.expiredReplies(replies);
    }

    /** Whether the next submission would do something for the kernel. */
    boolean hasWork() {
        return switch (lifecycle.state()) {
            case ACTIVE -> !isStalled && !delivery.isBlocked() && (waiting > 0 || sendQueue.size() > 0);
            case TERMINATING -> true;
            default -> false;
        };
    }

    /** Becomes active; while a submission is under way the GPU side still is. */
    void activate() {
        synchronized (job) {
            if (!job.isRunning()) {
                memory.setActive(true);
            }
        }
    }

    /** Completes once no batch is in flight; the state has changed before. */
    CompletableFuture<Void> rest() {
        synchronized (job) {
            if (job.isRunning()) {
                var resting = new CompletableFuture<Void>();
                awaitingRest.add(resting);
                return resting;
            }
            memory.setActive(false);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Whether there is no point in waiting for more messages. */
    boolean isDue() {
        return lifecycle.state() != KernelState.ACTIVE || waiting > 0 || sendQueue.size() >= batchLimit();
    }

    private int batchLimit() {
        return Math.min(context.policy().maxBatch(), memory.batchLimit());
    }

    /** Makes the next batch; false if there is nothing to do for the kernel. */
    boolean take() {
        takesPart = false;
        return switch (lifecycle.state()) {
            case ACTIVE -> !delivery.isBlocked() && takeBatch();
            case TERMINATING -> takeTermination();
            default -> false;
        };
    }

    private boolean takeBatch() {
        // ORDER: stalled is set before the room is read. A receive that frees room afterwards sees it and clears it, so
        // that the check in Job.leave() finds the work that this take left behind.
        isStalled = true;
        int replies = options.repliesPerMessage();
        outputRoom = options.outputCapacity() - receiveQueue.size();
        var room = new SendQueue.Room(outputRoom - waiting * replies, replies);
        found.clear();
        sendQueue.take(batch, batchLimit(), room, context.clock().tick(), found);
        fillUp();
        if (found.lacksRoom() || outputRoom < waiting * replies) {
            counters.outputStalls.increment();
        } else {
            isStalled = false;
        }
        found.admitted().forEach(sender -> sender.settle(context.executor(), null));
        delivery.expired(found.expired());
        boolean lingered = context.policy().linger().isPositive();
        batch.flush(found.isFull() ? Batch.Flush.FULL : lingered ? Batch.Flush.DEADLINE : Batch.Flush.IDLE);
        running = batch.size() + waiting;
        boolean hasWork = batch.size() > 0 || (waiting > 0 && outputRoom >= replies);
        takesPart = hasWork || memory.isReachable();
        return hasWork;
    }

    /** Gives the room in the queue to those who wait for it: the host's senders and other kernels first in turns. */
    private void fillUp() {
        isHostFirst = !isHostFirst;
        if (isHostFirst) {
            sendQueue.admit(found);
        }
        endpoint.roomAppeared();
        sendQueue.admit(found);
    }

    /** Answers what is queued, and makes the dispatch that tells the GPU side; a failed kernel goes without. */
    private boolean takeTermination() {
        var reason = new RingKernelException.KernelTerminated(id);
        delivery.ended(sendQueue.drain(), DeadLetter.Reason.TERMINATED, reason);
        if (lifecycle.failure().isPresent()) {
            finish();
            return false;
        }
        delivery.ended(memory.abandoned(), DeadLetter.Reason.TERMINATED, reason);
        waiting = 0;
        batch.makeTermination();
        takesPart = true;
        return true;
    }

    /** Gives the GPU what was taken; the host's clock is past all of it. */
    void write(HlcTimestamp now) {
        if (takesPart) {
            memory.setActive(true);
            batch.byteSize(memory.write(batch, outputRoom, now));
        } else {
            memory.skip();
        }
    }

    /** Encodes the batch, and what follows it. */
    void encode(MetalComputeEncoder encoder) {
        if (!takesPart) {
            return;
        }
        memory.encode(encoder);
        if (!batch.isTermination()) {
            options.followedBy().ifPresent(work -> work.accept(encoder));
        }
    }

    /** Whether what is encoded behind a batch is the caller's: a failure of that must not reach other kernels. */
    boolean needsOwnCommandBuffer() {
        return options.followedBy().isPresent();
    }

    /** The submission is about to be committed. */
    void committed(long now) {
        event = context.observer().dispatching();
        batch.committedAt(now);
    }

    /**
     * The submission completed.
     *
     * @param after gets what is to run when nothing else remains to be done: it may run user code
     * @throws IllegalStateException if the GPU side did not do what it should; the kernel must be told to have failed
     */
    void completed(long now, long gpuNanos, List<Runnable> after) {
        if (batch.isTermination()) {
            finish();
            return;
        }
        var tally = memory.tally(batch);
        counters.arrived.add(tally.arrived());
        if (tally.handled() > 0) {
            context.clock().update(memory.clock());
            count(tally, now, gpuNanos);
            context.observer().dispatched(id, batch, now, gpuNanos, event);
            delivery.results(batch, memory, after);
        }
        memory.release(batch);
        waiting = memory.waiting();
    }

    private void count(KernelMemory.Tally tally, long now, long gpuNanos) {
        counters.dispatches.add(tally.dispatches());
        counters.processed.add(tally.handled());
        counters.replies.add(tally.sent());
        counters.bytesToDevice.add(batch.byteSize());
        if (batch.size() > 0) {
            counters.flushed(batch.flush());
        }
        counters.gpuNanos.add(gpuNanos);
        counters.latency.record(now - batch.committedNanos());
    }

    /**
     * The batch did not get through: its messages fail, and the kernel with them, and with it what is queued.
     *
     * @return tells those who wait for the messages; the state has changed before
     */
    Runnable failed(Throwable failure) {
        if (batch.isTermination()) {
            return this::finish;
        }
        var cause = failure instanceof CommandFailedException e ? e.withMessageIds(batch.ids()) : failure;
        context.observer().batchFailed(id, cause);
        lifecycle.fail(cause);
        return () -> report(cause);
    }

    /** Whether the batch, and what the GPU made of it, can be taken back. */
    boolean canRollBack() {
        return !takesPart || batch.isTermination() || memory.canRollBack();
    }

    /**
     * The batch came to nothing, and the kernel is as if it had not been made: its messages are the next to be handled.
     *
     * @param hasBegun whether the GPU may have handled some; if so, {@link #canRollBack()} must hold
     */
    void rollBack(boolean hasBegun) {
        if (batch.isTermination()) {
            finish();
        } else if (takesPart) {
            memory.rollBack(hasBegun);
            requeue();
        }
    }

    /**
     * As {@link #rollBack}, while the GPU may go on with the batch for ever: the kernel goes on in other memory.
     *
     * @return false if that cannot be, and nothing has happened
     */
    boolean detach() {
        if (batch.isTermination()) {
            finish();
            return true;
        }
        var other = memory.relocated();
        if (other.isEmpty()) {
            return false;
        }
        memory.close();
        memory = other.get();
        requeue();
        return true;
    }

    private void requeue() {
        sendQueue.requeue(batch);
        isStalled = false; // the room for the batch's replies is free again, and nobody will receive any before
    }

    private void report(Throwable cause) {
        var refusal = new RingKernelException.KernelFailed(id, cause);
        sendQueue.close(refusal).forEach(sender -> sender.fail(context.executor(), refusal));
        receiveQueue.close(refusal).forEach(receiver -> receiver.fail(context.executor(), refusal));
        counters.failed.add(batch.size());
        delivery.ended(batch, DeadLetter.Reason.COMMAND_FAILED, cause);
        delivery.ended(memory.abandoned(), DeadLetter.Reason.COMMAND_FAILED, cause);
        waiting = 0;
        delivery.ended(sendQueue.drain(), DeadLetter.Reason.KERNEL_FAILED, refusal);
        endpoint.roomAppeared();
    }

    /**
     * The submission is over; called under the job's lock.
     *
     * @param resting gets what waited for that
     */
    void leave(List<CompletableFuture<Void>> resting) {
        batch.clear();
        running = 0;
        takesPart = false;
        if (memory != null) {
            memory.setActive(lifecycle.state() == KernelState.ACTIVE);
        }
        resting.addAll(awaitingRest);
        awaitingRest.clear();
    }

    /** The end: nothing refers to the memory any more. */
    private void finish() {
        var resting = new ArrayList<CompletableFuture<Void>>(0);
        synchronized (job) {
            job.remove(this);
            memory.close();
            memory = null;
            leave(resting);
        }
        job.complete(resting);
        terminated.run();
    }
}
