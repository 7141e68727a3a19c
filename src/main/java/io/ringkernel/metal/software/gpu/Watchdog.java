package io.ringkernel.metal.software.gpu;

import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.KernelRun;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops dispatches that run too long, whose device is unplugged, or whose command buffer is discarded. One thread for
 * the JVM: it looks around a few times per timeout while a watch is open, and sleeps until woken when none is.
 */
public final class Watchdog {
    private static final Watchdog SHARED = new Watchdog();
    private static final long LONGEST_SLEEP_NANOS = 100_000_000;

    /** The dispatches of one thread, one at a time, watched until closed. */
    public static final class Watch implements AutoCloseable {
        private record Running(KernelRun run, long deadline) {}

        private final Faults faults;
        private final Recovery.Work work;
        private final long timeoutNanos;
        private volatile Running current;

        private Watch(Gpu gpu, Recovery.Work work) {
            faults = gpu.faults();
            this.work = work;
            timeoutNanos = TimeUnit.NANOSECONDS.convert(gpu.configuration().kernelTimeout());
        }

        /**
         * Runs a dispatch to its end, and cancels it when it takes longer than the timeout, or the device is removed or
         * the work discarded meanwhile.
         *
         * @throws KernelFault the first fault of any thread
         */
        public void run(KernelRun run) {
            current = new Running(run, System.nanoTime() + timeoutNanos);
            try {
                GridJob.run(run);
            } finally {
                current = null;
            }
        }

        /** Cancels what must not go on; returns the nanoseconds after which to look again. */
        private long look(long now) {
            var running = current;
            if (running == null) {
                return timeoutNanos;
            }
            long left = running.deadline - now;
            if (faults.isRemoved() || work.isDiscarded()) {
                running.run.cancel(KernelFault.Kind.CANCELLED);
            } else if (left <= 0) {
                running.run.cancel(KernelFault.Kind.TIMEOUT);
            } else {
                return left;
            }
            return LONGEST_SLEEP_NANOS;
        }

        @Override
        public void close() {
            SHARED.watches.remove(this);
        }
    }

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private volatile Thread thread;
    private volatile boolean asleep;

    private Watchdog() {}

    /** Begins to watch the dispatches of a command buffer; whoever asked closes the watch. */
    public static Watch open(Gpu gpu, Recovery.Work work) {
        var watch = new Watch(gpu, work);
        SHARED.add(watch);
        return watch;
    }

    private void add(Watch watch) {
        watches.add(watch);
        // ORDER: the addition is before this read, and the thread's look at the set is after its write of asleep, so
        // one of the two sees the other.
        if (asleep) {
            LockSupport.unpark(thread);
        } else if (thread == null) {
            start();
        }
    }

    private synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("software GPU watchdog").start(this::patrol);
        }
    }

    private void patrol() {
        while (true) {
            long now = System.nanoTime();
            long soonest = LONGEST_SLEEP_NANOS;
            for (var watch : watches) {
                soonest = Math.min(soonest, watch.look(now));
            }
            sleep(soonest);
        }
    }

    private void sleep(long soonest) {
        if (!watches.isEmpty()) {
            LockSupport.parkNanos(this, soonest);
            return;
        }
        // Idle for one more look before the deep sleep, so that a steady stream of short dispatches wakes nobody.
        LockSupport.parkNanos(this, LONGEST_SLEEP_NANOS);
        asleep = true;
        if (watches.isEmpty()) {
            LockSupport.park(this);
        }
        asleep = false;
    }
}
