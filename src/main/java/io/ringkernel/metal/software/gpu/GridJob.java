package io.ringkernel.metal.software.gpu;

import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.KernelRun;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One dispatch being run. The queue's thread begins alone, with small chunks that grow; only when the dispatch proves
 * to be long are the remaining chunks offered to the workers, so that a small grid never pays for a hand-off.
 */
public final class GridJob {
    /** As long as a hand-off to another thread may take; what ends sooner is not worth one. */
    private static final long ALONE_NANOS = 30_000;

    /** Long enough that taking a chunk costs nothing, short enough that queues share the workers fairly. */
    private static final long CHUNK_NANOS = 250_000;

    /** The first chunk: few, since each thread may be long. */
    private static final double FIRST_THREADS = 64;

    /** So little that the last chunk alone cannot take much longer than {@link #ALONE_NANOS}. */
    private static final int GROWTH = 4;

    private final KernelRun run;
    private final long units;
    private final AtomicLong next = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicLong inside = new AtomicLong();
    private volatile long chunk = 1;
    private volatile Thread owner;

    public GridJob(KernelRun run) {
        this.run = run;
        this.units = run.unitCount();
    }

    /**
     * Runs the dispatch to its end.
     *
     * @throws KernelFault the first fault of any thread; the rest did not run
     */
    public void run() {
        long done = runAlone();
        if (done < units) {
            runShared();
        }
        var thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown;
        }
    }

    /** Lets the chunk grow until the time is up; returns how many units ran. */
    private long runAlone() {
        long size = Math.max(1, (long) (units * (FIRST_THREADS / run.threadCount())));
        long done = 0;
        long began = System.nanoTime();
        while (done < units) {
            long end = Math.min(units, done + size);
            run.run(done, end);
            done = end;
            long nanos = System.nanoTime() - began;
            if (nanos > ALONE_NANOS) {
                next.set(done);
                chunk = chunkFor(done, nanos);
                return done;
            }
            size *= GROWTH;
        }
        return done;
    }

    /** Units that take about {@link #CHUNK_NANOS} at the rate so far, but leave several chunks for each thread. */
    private long chunkFor(long done, long nanos) {
        long byTime = Math.max(1, done * CHUNK_NANOS / nanos);
        long byShare = Math.max(1, (units - done) / (4L * (WorkerPool.SHARED.capacity() + 1)));
        return Math.min(byTime, byShare);
    }

    private void runShared() {
        owner = Thread.currentThread();
        boolean shared = units - next.get() > chunk && WorkerPool.SHARED.capacity() > 0;
        if (shared) {
            WorkerPool.SHARED.offer(this);
        }
        while (hasWork()) {
            runChunk();
        }
        if (shared) {
            WorkerPool.SHARED.withdraw(this);
            while (inside.get() > 0) {
                LockSupport.park(this);
            }
        }
    }

    boolean hasWork() {
        return next.get() < units && failure.get() == null;
    }

    /** Counts a worker in, unless nothing is left; called with the pool's lock held, so never after withdrawal. */
    boolean enter() {
        if (!hasWork()) {
            return false;
        }
        inside.incrementAndGet();
        return true;
    }

    void runChunk() {
        long from = next.getAndAdd(chunk);
        if (from >= units || failure.get() != null) {
            return;
        }
        try {
            run.run(from, Math.min(units, from + chunk));
        } catch (RuntimeException | Error e) {
            // The first fault counts; what other threads do with the rest of the dispatch does not matter any more.
            if (failure.compareAndSet(null, e)) {
                run.cancel(KernelFault.Kind.CANCELLED);
            }
        }
    }

    /** Counts a worker out; the last one wakes the queue's thread. */
    void leave() {
        if (inside.decrementAndGet() == 0) {
            LockSupport.unpark(owner);
        }
    }
}
