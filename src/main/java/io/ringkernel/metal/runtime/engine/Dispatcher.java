package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.CommandFailedException;
import io.ringkernel.metal.MetalCommandBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalException;
import io.ringkernel.metal.runtime.DispatchPolicy;
import io.ringkernel.metal.runtime.RingKernelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Brings all jobs to the GPU: one thread, parked while there is nothing to do.
 *
 * <p>A job that has work enqueues itself once; jobs that are ready together share a command buffer, but for those that
 * need one of their own, and there are never more command buffers under way than the policy says. Results are taken on
 * the thread that reports the completion.
 */
final class Dispatcher implements Job.Queue {
    /** From the first look that finds a command buffer overdue to the next. */
    private static final long GRACE_NANOS = 50_000_000;

    private final Supplier<MetalCommandQueue> newQueue;
    private final DispatchPolicy policy;
    private final Duration batchTimeout;
    private final Observer observer;
    private final Completions completions;
    private final ConcurrentLinkedQueue<Job> ready = new ConcurrentLinkedQueue<>();
    private final List<Job> waiting = new ArrayList<>();
    private final Set<Submission> underWay = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<MetalCommandQueue> retired = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong gpuNanos = new AtomicLong();
    /** Held by whoever dispatches: the thread, or a caller who helps. Guards {@link #waiting}. */
    private final ReentrantLock turn = new ReentrantLock();

    private final Thread thread;
    private volatile boolean isStopped;

    /** Command buffers of one queue run in order: what does not end holds up the rest, and then there is another. */
    private volatile MetalCommandQueue queue;

    /** Whether the thread will look at what is under way by itself, at {@link #lookNanos} at the latest. */
    private volatile boolean isWatching;

    private long lookNanos;

    /** Whether jobs may wait for a command buffer to complete, or to linger. */
    private volatile boolean isHeldBack;

    /** Guarded by {@link #turn}. */
    private boolean isAnyLeft;

    /**
     * A dispatcher that has not started.
     *
     * @param newQueue makes queues, which belong to the dispatcher
     * @param batchTimeout how long a command buffer may be under way until nobody waits for it any longer
     */
    Dispatcher(
            Supplier<MetalCommandQueue> newQueue,
            DispatchPolicy policy,
            Duration batchTimeout,
            Observer observer,
            Completions completions) {
        this.newQueue = newQueue;
        this.policy = policy;
        this.batchTimeout = batchTimeout;
        queue = newQueue.get();
        this.observer = observer;
        this.completions = completions;
        // A platform thread: it sends messages inside autorelease pools, which belong to a native thread.
        thread = Thread.ofPlatform().daemon().name("ringkernel-dispatcher").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void enqueue(Job job) {
        ready.add(job);
        LockSupport.unpark(thread);
    }

    /** The calling thread dispatches if nobody else is about to, which spares the hop to the dispatcher's thread. */
    @Override
    public void enqueueAndHelp(Job job) {
        ready.add(job);
        long pause = 0;
        if (!Thread.currentThread().isVirtual() && turn.tryLock()) {
            try {
                pause = round();
            } finally {
                turn.unlock();
            }
        }
        // Others may have come meanwhile, to find the turn taken; and only the thread can linger.
        if (pause != Long.MAX_VALUE || !ready.isEmpty()) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Ends the thread, and waits for that unless it is the caller, and closes the queue. Kernels must have been
     * terminated before.
     */
    void stop() {
        isStopped = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        closeRetired();
        queue.close();
    }

    private void run() {
        while (!isStopped) {
            turn.lock();
            long pause;
            try {
                pause = round();
            } finally {
                turn.unlock();
            }
            pause = Math.min(pause, watch());
            if (pause == Long.MAX_VALUE && ready.isEmpty()) {
                LockSupport.park(this);
            } else if (pause > 0 && ready.isEmpty()) {
                LockSupport.parkNanos(this, pause);
            }
        }
    }

    /** The thread: gives up what is overdue; returns after how many nanoseconds to look again. Never throws. */
    private long watch() {
        long now = System.nanoTime();
        long soonest = Long.MAX_VALUE;
        for (var submission : underWay) {
            long left = submission.startNanos() + batchTimeout.toNanos() - now;
            if (left > 0 || submission.becomesLate()) {
                soonest = Math.min(soonest, Math.max(left, GRACE_NANOS));
            } else {
                giveUp(submission);
                soonest = 0;
            }
        }
        if (soonest != Long.MAX_VALUE) {
            lookNanos = now + soonest;
            isWatching = true;
        } else if (isWatching && lookNanos - now <= 0) {
            // ORDER: written before what is under way is read; who adds to that reads this afterwards.
            isWatching = false;
            return underWay.isEmpty() ? Long.MAX_VALUE : 0;
        }
        // Without anything under way too: in a run of short submissions nobody has to wake the thread for the next.
        return isWatching ? lookNanos - now : Long.MAX_VALUE;
    }

    private void giveUp(Submission overdue) {
        try {
            var failure = new RingKernelException.BatchTimedOut(overdue.name(), batchTimeout);
            observer.overdue(failure);
            var stuck = overdue.queue();
            leave(stuck);
            if (overdue.jobs().size() > 1) {
                overdue.detach(Verdict.ISOLATE, failure);
            }
            end(overdue, Verdict.FAIL, failure);
            underWay.stream().filter(behind -> behind.queue() == stuck).forEach(behind -> detach(behind, failure));
        } catch (RuntimeException | Error e) {
            observer.unexpected("giving up a command buffer", e);
        }
    }

    private void detach(Submission behind, Throwable failure) {
        leaveCount(behind);
        if (behind.detach(Verdict.ROLL_BACK, failure)) {
            underWay.remove(behind);
        }
    }

    /** Uses a queue no longer, if it is in use. */
    private synchronized void leave(MetalCommandQueue left) {
        if (left == queue) {
            queue = newQueue.get();
            retired.add(left);
        }
    }

    /** A queue for one submission; the one in use if there can be no other. */
    private MetalCommandQueue ownQueue() {
        try {
            var own = newQueue.get();
            retired.add(own);
            return own;
        } catch (MetalException e) {
            return queue;
        }
    }

    /** To be called under the turn, in which queues are used. What was committed to them goes on. */
    private void closeRetired() {
        for (var left = retired.poll(); left != null; left = retired.poll()) {
            left.close();
        }
    }

    /** Waits no longer for anything that is under way: the jobs there fail. */
    void giveUpAll(Throwable failure) {
        underWay.forEach(submission -> end(submission, Verdict.FAIL, failure));
    }

    private void end(Submission submission, Verdict verdict, Throwable failure) {
        leaveCount(submission);
        underWay.remove(submission);
        if (submission.end()) {
            takeResults(submission, null, Collections.nCopies(submission.jobs().size(), verdict), failure);
        }
    }

    private void leaveCount(Submission submission) {
        if (submission.leaveCount()) {
            inFlight.decrementAndGet();
            if (isHeldBack) {
                LockSupport.unpark(thread);
            }
        }
    }

    /** Dispatches what is ready; returns for how many nanoseconds there is nothing to do. Never throws. */
    private long round() {
        try {
            closeRetired();
            long pause;
            do {
                pause = dispatchReady();
                // Those that were due may have had nothing to do, or have completed while others were prepared.
            } while (isAnyLeft && inFlight.get() < policy.maxInFlight());
            return pause;
        } catch (RuntimeException | Error e) {
            observer.unexpected("the dispatcher", e);
            return Long.MAX_VALUE;
        }
    }

    /** One pass: what is due and finds no room stays for another one, {@link #isAnyLeft} says so. */
    private long dispatchReady() {
        isAnyLeft = false;
        for (var job = ready.poll(); job != null; job = ready.poll()) {
            waiting.add(job);
        }
        // ORDER: written before the number in flight is read; a completion lowers the number before it reads this.
        isHeldBack = !waiting.isEmpty();
        if (!isHeldBack || inFlight.get() >= policy.maxInFlight()) {
            return Long.MAX_VALUE;
        }
        long now = System.nanoTime();
        long pause = Long.MAX_VALUE;
        int free = policy.maxInFlight() - inFlight.get();
        var together = new ArrayList<Job>();
        var alone = new ArrayList<Job>();
        waiting.sort(Comparator.comparing(Job::priority).reversed());
        for (var job : waiting) {
            long lingers = job.lingersFor(now);
            if (lingers > 0) {
                pause = Math.min(pause, lingers);
            } else if (!job.needsOwnCommandBuffer() && !together.isEmpty()) {
                together.add(job);
            } else if (free > 0) {
                free--;
                (job.needsOwnCommandBuffer() ? alone : together).add(job);
            } else {
                isAnyLeft = true;
            }
        }
        waiting.removeAll(together);
        waiting.removeAll(alone);
        isHeldBack = !waiting.isEmpty();
        alone.forEach(job -> prepareAndSubmit(List.of(job)));
        prepareAndSubmit(together);
        return pause;
    }

    private void prepareAndSubmit(List<Job> due) {
        var jobs = due.stream().filter(Job::prepare).toList();
        if (!jobs.isEmpty()) {
            submit(jobs);
        }
    }

    private void submit(List<Job> jobs) {
        inFlight.incrementAndGet();
        committed.incrementAndGet();
        // Whether a suspect's submission ends nobody knows: it must not stand in the way of others.
        var submission = new Submission(jobs, jobs.getFirst().isSuspect() ? ownQueue() : queue);
        // ORDER: added before it is known whether the thread watches; see there.
        underWay.add(submission);
        if (!isWatching) {
            LockSupport.unpark(thread);
        }
        try {
            submission.commit().whenComplete((buffer, failure) -> ended(submission, buffer, failure));
        } catch (RuntimeException | Error e) {
            leaveCount(submission);
            underWay.remove(submission);
            if (submission.end()) {
                takeResults(submission, null, submission.verdictsOnEncoding(), e);
            }
        }
    }

    private void ended(Submission submission, MetalCommandBuffer buffer, Throwable failure) {
        leaveCount(submission);
        underWay.remove(submission);
        if (!submission.end()) {
            return;
        }
        int jobs = submission.jobs().size();
        if (failure == null) {
            takeResults(submission, buffer, Collections.nCopies(jobs, Verdict.DELIVER), null);
        } else {
            if (failure instanceof CommandFailedException failed && failed.isAccessRevoked()) {
                leave(submission.queue());
            }
            takeResults(submission, null, Verdict.of(failure, jobs), failure);
        }
    }

    private void takeResults(
            Submission submission, MetalCommandBuffer buffer, List<Verdict> verdicts, Throwable failure) {
        long now = System.nanoTime();
        long worked = buffer == null ? 0 : buffer.gpuTime().toNanos();
        gpuNanos.addAndGet(worked);
        var after = new ArrayList<Runnable>();
        for (int i = 0; i < verdicts.size(); i++) {
            if (submission.isWaiting(i)) {
                var job = submission.jobs().get(i);
                var verdict = verdicts.get(i);
                switch (verdict) {
                    case DELIVER -> safely(() -> job.completed(now, worked, after));
                    case RETRY, ROLL_BACK, ISOLATE -> safely(() -> job.retry(verdict, failure));
                    case FAIL -> safely(() -> job.failed(failure));
                }
            }
        }
        if (turn.isHeldByCurrentThread()) {
            after.forEach(completions::execute); // the buffer had completed before its future was asked
        } else {
            completions.executeLast(after);
        }
    }

    private void safely(Runnable taking) {
        try {
            taking.run();
        } catch (RuntimeException | Error e) {
            observer.unexpected("taking results", e);
        }
    }

    /** Command buffers committed since the start. */
    long commandBuffers() {
        return committed.get();
    }

    /** Command buffers under way. */
    int inFlight() {
        return inFlight.get();
    }

    /** How long the GPU worked. */
    Duration gpuTime() {
        return Duration.ofNanos(gpuNanos.get());
    }
}
