package io.ringkernel.metal.software.gpu;

import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.KernelRun;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops dispatches that run too long, or whose device is unplugged. One thread for the JVM: it looks around a few times
 * per timeout while dispatches run, and sleeps until woken when none does.
 */
public final class Watchdog {
    private static final Watchdog SHARED = new Watchdog();
    private static final long LONGEST_SLEEP_NANOS = 100_000_000;

    /** One running dispatch. */
    private static final class Watched {
        private final KernelRun run;
        private final Faults faults;
        private final long deadline;

        private Watched(KernelRun run, Faults faults, long deadline) {
            this.run = run;
            this.faults = faults;
            this.deadline = deadline;
        }
    }

    private final Set<Watched> running = ConcurrentHashMap.newKeySet();
    private volatile Thread thread;
    private volatile boolean asleep;

    private Watchdog() {}

    /** Runs work, and cancels the run when it takes longer than the timeout or the device is removed meanwhile. */
    public static void watch(KernelRun run, Gpu gpu, Runnable work) {
        var watched = new Watched(
                run,
                gpu.faults(),
                System.nanoTime() + gpu.configuration().kernelTimeout().toNanos());
        SHARED.add(watched);
        try {
            work.run();
        } finally {
            SHARED.running.remove(watched);
        }
    }

    private void add(Watched watched) {
        running.add(watched);
        // ORDER: the addition is before this read, and the thread's look at the set is after its write of asleep, so
        // one
        // of the two sees the other.
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
            long soonest = Duration.ofDays(1).toNanos();
            for (var watched : running) {
                long left = watched.deadline - now;
                if (watched.faults.isRemoved()) {
                    watched.run.cancel(KernelFault.Kind.CANCELLED);
                } else if (left <= 0) {
                    watched.run.cancel(KernelFault.Kind.TIMEOUT);
                } else {
                    soonest = Math.min(soonest, left);
                }
            }
            sleep(soonest);
        }
    }

    private void sleep(long soonest) {
        if (!running.isEmpty()) {
            LockSupport.parkNanos(this, Math.min(soonest, LONGEST_SLEEP_NANOS));
            return;
        }
        // Idle for one more look before the deep sleep, so that a steady stream of short dispatches wakes nobody.
        LockSupport.parkNanos(this, LONGEST_SLEEP_NANOS);
        asleep = true;
        if (running.isEmpty()) {
            LockSupport.park(this);
        }
        asleep = false;
    }
}
