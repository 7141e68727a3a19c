package io.ringkernel.metal;

import io.ringkernel.metal.objc.Retained;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places of one queue for command buffers. Metal blocks inside the message when too many exist; waiting here first
 * does not pin a virtual thread, can be interrupted, and says who holds the places.
 */
final class CommandBufferPlaces {
    private static final Logger LOG = LoggerFactory.getLogger(MetalCommandQueue.class);

    /** How long it takes until a wait looks for command buffers that nobody can reach, and then each time again. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long it takes until a wait is worth a line in the log. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final int NAMED = 8;

    private final Semaphore free;
    private final Supplier<String> queue;
    private final Set<CommandBufferPlace> taken = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<MetalCommandBuffer> unreachable = new ReferenceQueue<>();
    private volatile Duration longestWait = Duration.ofNanos(Long.MAX_VALUE);

    /** So many places of a queue, which is named in what the log and exceptions say. */
    CommandBufferPlaces(int capacity, Supplier<String> queue) {
        free = new Semaphore(capacity);
        this.queue = queue;
    }

    void longestWait(Duration wait) {
        longestWait = wait;
    }

    /**
     * Waits until a place is free.
     *
     * @throws IllegalStateException if the thread is interrupted meanwhile, and is so afterwards too, or if the wait
     *     lasts longer than it may
     */
    void await() {
        reclaim();
        if (free.tryAcquire()) {
            return;
        }
        long start = System.nanoTime();
        long most = TimeUnit.NANOSECONDS.convert(longestWait);
        boolean isTold = false;
        while (true) {
            long waited = System.nanoTime() - start;
            if (waited >= most) {
                throw new IllegalStateException(
                        "no command buffer became free within " + longestWait + ": " + holders());
            }
            if (acquire(Math.min(LOOK_NANOS, most - waited))) {
                return;
            }
            if (taken.stream().anyMatch(place -> !place.isCommitted())) {
                System.gc(); // which tells of those that nobody can reach; the wait is no busy one
                reclaim();
            }
            if (!isTold && System.nanoTime() - start > PATIENCE_NANOS) {
                isTold = true;
                LOG.warn("waiting for a command buffer: {}", holders());
            }
        }
    }

    private boolean acquire(long nanos) {
        try {
            return free.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a command buffer: " + holders(), e);
        }
    }

    private String holders() {
        var places = List.copyOf(taken);
        var open = places.stream().filter(place -> !place.isCommitted()).toList();
        var named = open.stream().limit(NAMED).map(CommandBufferPlace::toString).collect(Collectors.joining(", "));
        return queue.get() + " has " + places.size() + " that have not completed, of which " + open.size()
                + " were neither committed nor closed"
                + (open.isEmpty() ? "" : " (" + named + (open.size() > NAMED ? ", …" : "") + ")");
    }

    /** The place of a new command buffer, for which {@link #await()} set one aside. */
    CommandBufferPlace take(MetalCommandBuffer owner, Retained retained) {
        var place = new CommandBufferPlace(owner, retained, unreachable);
        taken.add(place);
        return place;
    }

    /** Gives back a place; called once or more for each. */
    void release(CommandBufferPlace place) {
        if (taken.remove(place)) {
            place.clear();
            free.release();
        }
    }

    /** Gives back a place that was set aside and not taken. */
    void release() {
        free.release();
    }

    /** Gives up command buffers that nobody can reach any more; none of them was committed. */
    void reclaim() {
        for (var dropped = unreachable.poll(); dropped != null; dropped = unreachable.poll()) {
            var place = (CommandBufferPlace) dropped;
            if (taken.remove(place)) {
                LOG.warn("{}: a command buffer was dropped, neither committed nor closed: {}", queue.get(), place);
                place.giveUp();
                free.release();
            }
        }
    }
}
