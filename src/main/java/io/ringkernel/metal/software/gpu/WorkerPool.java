package io.ringkernel.metal.software.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads that run kernels beside the queues' own threads, shared by all devices of the JVM: one less than there
 * are processors. Dispatches that run at once get a chunk of work each in turn. A worker without work waits without
 * using the processor, and ends after a while.
 */
final class WorkerPool {
    static final WorkerPool SHARED = new WorkerPool(Runtime.getRuntime().availableProcessors() - 1);

    private static final long IDLE_NANOS = 10_000_000_000L;

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition workArrived = lock.newCondition();
    private final List<GridJob> jobs = new ArrayList<>();
    private int workers;
    private int waiting;
    private int nextJob;

    WorkerPool(int capacity) {
        this.capacity = capacity;
    }

    /** How many threads can help a queue's own. */
    int capacity() {
        return capacity;
    }

    /** Offers a job to the workers until {@link #withdraw}. */
    void offer(GridJob job) {
        lock.lock();
        try {
            jobs.add(job);
            if (waiting > 0) {
                workArrived.signalAll();
            } else if (workers < capacity) {
                workers++;
                Thread.ofPlatform()
                        .daemon()
                        .name("software GPU worker " + workers)
                        .start(this::work);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the offer: no worker takes another chunk of it. */
    void withdraw(GridJob job) {
        lock.lock();
        try {
            jobs.remove(job);
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (var job = next(); job != null; job = next()) {
            job.runChunk();
            job.leave();
        }
    }

    /** The next job in turn that has work left, entered; null when the worker is to end. */
    private GridJob next() {
        lock.lock();
        try {
            long nanos = IDLE_NANOS;
            while (true) {
                var job = enterNext();
                if (job != null) {
                    return job;
                }
                if (nanos <= 0) {
                    workers--;
                    return null;
                }
                waiting++;
                nanos = workArrived.awaitNanos(nanos);
                waiting--;
            }
        } catch (InterruptedException e) {
            waiting--;
            workers--;
            return null;
        } finally {
            lock.unlock();
        }
    }

    private GridJob enterNext() {
        // A second worker is started only when there is a second chunk to take.
        for (int tries = jobs.size(); tries > 0; tries--) {
            nextJob = (nextJob + 1) % jobs.size();
            var job = jobs.get(nextJob);
            if (job.enter()) {
                if (job.hasWork() && waiting == 0 && workers < capacity) {
                    workers++;
                    Thread.ofPlatform()
                            .daemon()
                            .name("software GPU worker " + workers)
                            .start(this::work);
                }
                return job;
            }
        }
        return null;
    }
}
