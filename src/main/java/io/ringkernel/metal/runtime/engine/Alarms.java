package io.ringkernel.metal.runtime.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Timeouts, most of which are called off before they ring.
 *
 * <p>A timer's thread wakes whenever what was set is the next to ring, which in a run of calls is every one of them:
 * two switches of threads for each. So a beat rings before the alarms do, and keeps the thread asleep between beats. It
 * beats while there are alarms, the more slowly the longer none was set.
 */
final class Alarms implements AutoCloseable {
    private static final long SHORTEST_BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_BEAT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("ringkernel-timer").factory());
    private volatile boolean wasUsed;
    private volatile boolean isBeating;
    private long beatNanos = SHORTEST_BEAT_NANOS;

    Alarms() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs a task, which must be short, after a time, or never if that is 292 years or more; it can be cancelled. */
    Future<?> set(Duration delay, Runnable task) {
        wasUsed = true;
        if (!isBeating) {
            beginToBeat();
        }
        return schedule(task, TimeUnit.NANOSECONDS.convert(delay)); // which does not overflow
    }

    private Future<?> schedule(Runnable task, long nanos) {
        try {
            return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null); // closed, and everything that could wait has ended
        }
    }

    private synchronized void beginToBeat() {
        if (!isBeating) {
            isBeating = true;
            beatNanos = SHORTEST_BEAT_NANOS;
            schedule(this::beat, beatNanos);
        }
    }

    private synchronized void beat() {
        boolean isIdle = !wasUsed;
        wasUsed = false;
        if (isIdle && timer.getQueue().isEmpty()) {
            isBeating = false;
            return;
        }
        beatNanos = isIdle ? Math.min(2 * beatNanos, LONGEST_BEAT_NANOS) : SHORTEST_BEAT_NANOS;
        schedule(this::beat, beatNanos);
    }

    /** Drops all alarms. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
