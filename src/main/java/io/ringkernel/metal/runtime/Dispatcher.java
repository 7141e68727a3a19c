package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalCommandBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDispatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Brings all riders to the GPU: one thread, parked while there is nothing to do.
 *
 * <p>A rider that has work enqueues itself once; riders that are ready together share a command buffer, but for those
 * that ride alone, and there are never more command buffers under way than the policy says. Results are taken on the
 * thread that reports the completion.
 */
final class Dispatcher {
    private final MetalCommandQueue queue;
    private final DispatchPolicy policy;
    private final Observer observer;
    private final Completions completions;
    private final ConcurrentLinkedQueue<Rider> ready = new ConcurrentLinkedQueue<>();
    private final List<Rider> waiting = new ArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong gpuNanos = new AtomicLong();
    /** Held by whoever dispatches: the thread, or a caller who helps. Guards {@link #waiting}. */
    private final ReentrantLock turn = new ReentrantLock();

    private final Thread thread;
    private volatile boolean isStopped;

    /** Whether riders may wait for a command buffer to complete, or to linger. */
    private volatile boolean isHeldBack;

    Dispatcher(MetalCommandQueue queue, DispatchPolicy policy, Observer observer, Completions completions) {
        this.queue = queue;
        this.policy = policy;
        this.observer = observer;
        this.completions = completions;
        // A platform thread: it sends messages inside autorelease pools, which belong to a native thread.
        thread = Thread.ofPlatform().daemon().name("ringkernel-dispatcher").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Hands over a rider that has work. It must not be handed over again before it was prepared. */
    void enqueue(Rider rider) {
        ready.add(rider);
        LockSupport.unpark(thread);
    }

    /**
     * Hands over a rider that has work, on a thread that will wait for the result: it dispatches itself if nobody else
     * is about to, which spares the hop to the dispatcher's thread.
     */
    void enqueueAndHelp(Rider rider) {
        ready.add(rider);
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

    /** Ends the thread, and waits for that unless it is the caller. Kernels must have been terminated before. */
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
            if (pause == Long.MAX_VALUE && ready.isEmpty()) {
                LockSupport.park(this);
            } else if (pause > 0 && ready.isEmpty()) {
                LockSupport.parkNanos(this, pause);
            }
        }
    }

    /** Dispatches what is ready; returns for how many nanoseconds there is nothing to do. Never throws. */
    private long round() {
        try {
            return dispatchReady();
        } catch (RuntimeException | Error e) {
            observer.unexpected("the dispatcher", e);
            return Long.MAX_VALUE;
        }
    }

    private long dispatchReady() {
        for (var rider = ready.poll(); rider != null; rider = ready.poll()) {
            waiting.add(rider);
        }
        // ORDER: written before the number in flight is read; a completion lowers the number before it reads this.
        isHeldBack = !waiting.isEmpty();
        if (!isHeldBack || inFlight.get() >= policy.maxInFlight()) {
            return Long.MAX_VALUE;
        }
        long now = System.nanoTime();
        long pause = Long.MAX_VALUE;
        int free = policy.maxInFlight() - inFlight.get();
        var together = new ArrayList<Rider>();
        var alone = new ArrayList<Rider>();
        waiting.sort(Comparator.comparing(Rider::priority).reversed());
        for (var rider : waiting) {
            long lingers = rider.lingersFor(now);
            if (lingers > 0) {
                pause = Math.min(pause, lingers);
            } else if (!rider.ridesAlone() && !together.isEmpty()) {
                together.add(rider);
            } else if (free > 0) {
                free--;
                (rider.ridesAlone() ? alone : together).add(rider);
            }
        }
        waiting.removeAll(together);
        waiting.removeAll(alone);
        isHeldBack = !waiting.isEmpty();
        alone.forEach(rider -> prepareAndSubmit(List.of(rider)));
        prepareAndSubmit(together);
        return pause;
    }

    private void prepareAndSubmit(List<Rider> due) {
        var riders = due.stream().filter(Rider::prepare).toList();
        if (!riders.isEmpty()) {
            submit(riders);
        }
    }

    private void submit(List<Rider> riders) {
        inFlight.incrementAndGet();
        committed.incrementAndGet();
        try {
            commit(riders).whenComplete((buffer, failure) -> ended(riders, buffer, failure));
        } catch (RuntimeException | Error e) {
            ended(riders, null, e);
        }
    }

    private CompletableFuture<MetalCommandBuffer> commit(List<Rider> riders) {
        try (var commands = queue.commandBuffer()) {
            commands.setLabel(label(riders));
            // Riders share no memory, or do so at their own risk (LaunchOptions.state): no order is needed.
            var type = riders.size() == 1 ? MetalDispatchType.SERIAL : MetalDispatchType.CONCURRENT;
            try (var encoder = commands.computeEncoder(type)) {
                riders.forEach(rider -> rider.encode(encoder));
            }
            long now = System.nanoTime();
            riders.forEach(rider -> rider.committed(now));
            return commands.commit();
        }
    }

    private static String label(List<Rider> riders) {
        return riders.size() == 1
                ? riders.getFirst().name()
                : riders.stream().map(Rider::name).collect(Collectors.joining(", "));
    }

    private void ended(List<Rider> riders, MetalCommandBuffer buffer, Throwable failure) {
        long now = System.nanoTime();
        inFlight.decrementAndGet();
        if (isHeldBack) {
            LockSupport.unpark(thread);
        }
        long worked = failure == null ? buffer.gpuTime().toNanos() : 0;
        gpuNanos.addAndGet(worked);
        var after = new ArrayList<Runnable>();
        for (var rider : riders) {
            try {
                if (failure == null) {
                    rider.completed(now, worked, after);
                } else {
                    rider.failed(failure);
                }
            } catch (RuntimeException | Error e) {
                observer.unexpected("taking results", e);
            }
        }
        if (turn.isHeldByCurrentThread()) {
            after.forEach(completions::execute); // the buffer had completed before its future was asked
        } else {
            completions.executeLast(after);
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
