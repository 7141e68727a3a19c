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

    /** The last chunks are so much smaller than the others, so that the threads end at about the same time. */
    private static final int SHRINKING = 16;

    private final KernelRun run;
    private final long units;
    private final long chunk;
    private final AtomicLong next;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicLong inside = new AtomicLong();
    private final Thread owner = Thread.currentThread();

    /** What the first {@code done} units, run in so many nanoseconds, have left over. */
    private GridJob(KernelRun run, long done, long nanos) {
        this.run = run;
        this.units = run.unitCount();
        this.chunk = Math.max(1, done * CHUNK_NANOS / nanos);
        this.next = new AtomicLong(done);
    }

    /**
     * Runs a dispatch to its end.
     *
     * @throws KernelFault the first fault of any thread; the rest did not run
     */
    public static void run(KernelRun run) {
        long units = run.unitCount();
        if (run.isSequential()) {
            run.run(0, units);
            return;
        }
        long size = Math.max(1, (long) (units * (FIRST_THREADS / run.threadCount())));
        long done = 0;
        long began = System.nanoTime();
        while (done < units) {
            long end = Math.min(units, done + size);
            run.run(done, end);
            done = end;
            long nanos = System.nanoTime() - began;
            if (nanos > ALONE_NANOS && done < units) {
                new GridJob(run, done, nanos).share();
                return;
            }
            size *= GROWTH;
        }
    }

    private void share() {
        boolean shared = units - next.get() > 1 && WorkerPool.SHARED.capacity() > 0;
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
        var thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown;
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
        long from = next.get();
        long to = endOfChunk(from);
        while (!next.compareAndSet(from, to)) {
            from = next.get();
            to = endOfChunk(from);
        }
        if (from == to || failure.get() != null) {
            return;
        }
        try {
            run.run(from, to);
        } catch (RuntimeException | Error e) {
            // The first fault counts; what other threads do with the rest of the dispatch does not matter any more.
            if (failure.compareAndSet(null, e)) {
                run.cancel(KernelFault.Kind.CANCELLED);
            }
        }
    }

    /** A chunk, or half of a thread's even share of what is left when that is less. */
    private long endOfChunk(long from) {
        long left = units - from;
        long share = left / (2L * (WorkerPool.SHARED.capacity() + 1));
        long least = Math.max(1, chunk / SHRINKING);
        return from + Math.min(left, Math.clamp(share, least, chunk));
    }

    /** Counts a worker out; the last one wakes the queue's thread. */
    void leave() {
        if (inside.decrementAndGet() == 0) {
            LockSupport.unpark(owner);
        }
    }
}
