package io.ringkernel.metal.k2k;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Wakes mailboxes when a message of theirs times out. Its thread starts with the first alarm and ends when none is set.
 */
final class DeliveryTimer {
    private static final long THREAD_LINGERS_MILLIS = 1_000;

    private final long origin = System.nanoTime();
    private final ScheduledThreadPoolExecutor executor;

    DeliveryTimer() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("k2k-delivery-timer").factory());
        executor.setKeepAliveTime(THREAD_LINGERS_MILLIS, TimeUnit.MILLISECONDS);
        executor.allowCoreThreadTimeOut(true);
        // A sender that finds the broker closed under its hands finds the mailbox closed as well, and fails its
        // message.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Nanoseconds since the timer was made; never negative, never going back. */
    long now() {
        return System.nanoTime() - origin;
    }

    /** Runs {@code alarm} at {@code at}, or soon after. */
    void schedule(Runnable alarm, long at) {
        executor.schedule(alarm, at - now(), TimeUnit.NANOSECONDS);
    }

    /** Drops all alarms. */
    void close() {
        executor.shutdownNow();
    }
}
