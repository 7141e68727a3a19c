package io.ringkernel.metal.runtime;

import java.time.Duration;
import java.util.Objects;

/**
 * When waiting messages become a dispatch.
 *
 * <p>The default dispatches a single message at once; whatever arrives while a kernel's work is in flight forms its
 * next batch. That is best for latency, and batches grow by themselves as load grows.
 *
 * @param maxBatch the most messages of one kernel in one dispatch, at least 1; 1 is one dispatch per message
 * @param linger how long a kernel's first waiting message may wait for others, 0 to 1 second
 * @param maxInFlight how many command buffers may be under way, 1 to 32
 */
public record DispatchPolicy(int maxBatch, Duration linger, int maxInFlight) {
    private static final Duration MAX_LINGER = Duration.ofSeconds(1);

    /** Below the 64 command buffers that a Metal queue has, with room for other users of the device. */
    private static final int MOST_IN_FLIGHT = 32;

    private static final DispatchPolicy DEFAULTS = new DispatchPolicy(Integer.MAX_VALUE, Duration.ZERO, 3);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public DispatchPolicy {
        Objects.requireNonNull(linger, "linger");
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch below 1: " + maxBatch);
        }
        if (linger.isNegative() || linger.compareTo(MAX_LINGER) > 0) {
            throw new IllegalArgumentException("linger not in PT0S..PT1S: " + linger);
        }
        if (maxInFlight < 1 || maxInFlight > MOST_IN_FLIGHT) {
            throw new IllegalArgumentException("maxInFlight not in 1.." + MOST_IN_FLIGHT + ": " + maxInFlight);
        }
    }

    /** Batches as large as the queues, no lingering, three command buffers in flight. */
    public static DispatchPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * The same policy with other batches.
     *
     * @throws IllegalArgumentException if {@code messages} is below 1
     */
    public DispatchPolicy withMaxBatch(int messages) {
        return new DispatchPolicy(messages, linger, maxInFlight);
    }

    /**
     * The same policy with another time to linger.
     *
     * @throws IllegalArgumentException if {@code time} is not in 0..1 second
     */
    public DispatchPolicy withLinger(Duration time) {
        return new DispatchPolicy(maxBatch, time, maxInFlight);
    }

    /**
     * The same policy with another number of command buffers in flight.
     *
     * @throws IllegalArgumentException if {@code commandBuffers} is not in 1..32
     */
    public DispatchPolicy withMaxInFlight(int commandBuffers) {
        return new DispatchPolicy(maxBatch, linger, commandBuffers);
    }
}
