package io.ringkernel.metal.k2k;

import java.time.Duration;
import java.util.Objects;

/**
 * The limits of a {@link K2KBroker}.
 *
 * <p><b>Timeouts.</b> A message times out at the earliest when it has waited for {@code deliveryTimeout}, and at the
 * latest a sixteenth of it (or 1 ms) after that, as far as the timer thread gets its turn. A deadline in a message's
 * header is looked at when the message has come to the head of its queue and when it is received: it is never delivered
 * after its deadline, but its end may be told late.
 *
 * @param maxPendingMessages how many messages of each priority may wait at an endpoint; a power of two, at most
 *     2<sup>20</sup>
 * @param deliveryTimeout how long a message may wait at an endpoint, at least 1 ms; {@link #NO_TIMEOUT} for as long as
 *     it takes
 * @param maxHops how many hops a message may take, at least 1
 * @param receiptCapacity how many receipts the broker keeps at least for look-up; a power of two, at most
 *     2<sup>20</sup>
 * @param tracing whether messages record their hops
 */
public record K2KConfig(
        int maxPendingMessages, Duration deliveryTimeout, int maxHops, int receiptCapacity, Tracing tracing) {
    /** A delivery timeout that never fires. */
    public static final Duration NO_TIMEOUT = Duration.ZERO;

    private static final int MAX_CAPACITY = 1 << 20;
    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);

    /** More than any broker will live to see; so many nanoseconds can be added to a time without overflow. */
    private static final Duration FOREVER = Duration.ofDays(36_525);

    /** Whether messages record their hops. */
    public enum Tracing {
        /** {@link K2KMessage#trace()} is empty. */
        OFF,
        /** {@link K2KMessage#trace()} lists every hop. */
        ON
    }

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public K2KConfig {
        Objects.requireNonNull(tracing, "tracing");
        checkCapacity("maxPendingMessages", maxPendingMessages);
        checkCapacity("receiptCapacity", receiptCapacity);
        if (maxHops < 1) {
            throw new IllegalArgumentException("maxHops not positive: " + maxHops);
        }
        if (deliveryTimeout.compareTo(LEAST_TIMEOUT) < 0 && !deliveryTimeout.equals(NO_TIMEOUT)) {
            throw new IllegalArgumentException("deliveryTimeout below PT0.001S: " + deliveryTimeout);
        }
    }

    /** Whether a message may wait for as long as it takes. */
    boolean isWithoutTimeout() {
        return deliveryTimeout.equals(NO_TIMEOUT) || deliveryTimeout.compareTo(FOREVER) >= 0;
    }

    private static void checkCapacity(String name, int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException(name + " not a power of two in 1.." + MAX_CAPACITY + ": " + capacity);
        }
    }

    /** 1,024 messages of each priority, 5 s, 8 hops, 4,096 receipts, no traces. */
    public static K2KConfig defaults() {
        return new K2KConfig(1024, Duration.ofSeconds(5), 8, 4096, Tracing.OFF);
    }

    /** These limits with another number of waiting messages. */
    public K2KConfig withMaxPendingMessages(int messages) {
        return new K2KConfig(messages, deliveryTimeout, maxHops, receiptCapacity, tracing);
    }

    /** These limits with another delivery timeout. */
    public K2KConfig withDeliveryTimeout(Duration timeout) {
        return new K2KConfig(maxPendingMessages, timeout, maxHops, receiptCapacity, tracing);
    }

    /** These limits with another number of hops. */
    public K2KConfig withMaxHops(int hops) {
        return new K2KConfig(maxPendingMessages, deliveryTimeout, hops, receiptCapacity, tracing);
    }

    /** These limits with another number of receipts. */
    public K2KConfig withReceiptCapacity(int receipts) {
        return new K2KConfig(maxPendingMessages, deliveryTimeout, maxHops, receipts, tracing);
    }

    /** These limits with or without traces. */
    public K2KConfig withTracing(Tracing other) {
        return new K2KConfig(maxPendingMessages, deliveryTimeout, maxHops, receiptCapacity, other);
    }
}
