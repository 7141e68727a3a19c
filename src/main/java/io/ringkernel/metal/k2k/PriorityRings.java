package io.ringkernel.metal.k2k;

import io.ringkernel.metal.wire.Priority;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;

/** One ring per priority; a ring is made when its priority is first used. */
final class PriorityRings {
    private static final VarHandle RINGS = MethodHandles.arrayElementVarHandle(MessageRing[].class);

    private final MessageRing[] rings = new MessageRing[Priority.COUNT];
    private final K2KConfig config;
    private final long firstPosition;

    /** Up to where the account of each ring was handed over; guarded by the receipt store. */
    private final long[] retired = new long[Priority.COUNT];

    PriorityRings(K2KConfig config, long firstPosition) {
        this.config = config;
        this.firstPosition = firstPosition;
        Arrays.fill(retired, firstPosition);
        rings[Priority.NORMAL.level()] = newRing();
    }

    private MessageRing newRing() {
        return new MessageRing(config.maxPendingMessages(), config.receiptCapacity(), firstPosition);
    }

    private MessageRing ring(int priority) {
        return (MessageRing) RINGS.getVolatile(rings, priority);
    }

    /** Appends a message to those of its priority; false if there is no room. */
    boolean offer(DeliveryReceipt message) {
        int priority = message.priority().level();
        var ring = ring(priority);
        if (ring == null) {
            var created = newRing();
            var witness = (MessageRing) RINGS.compareAndExchange(rings, priority, null, created);
            ring = witness == null ? created : witness;
        }
        return ring.offer(message);
    }

    /** Takes the oldest message of the highest priority; null if none waits. */
    DeliveryReceipt poll() {
        for (int priority = Priority.COUNT - 1; priority >= 0; priority--) {
            var ring = ring(priority);
            var message = ring == null ? null : ring.poll();
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    /** Whether a message can be taken at once; cheaper to ask than {@link #poll()}. */
    boolean isReady() {
        for (int priority = 0; priority < Priority.COUNT; priority++) {
            var ring = ring(priority);
            if (ring != null && ring.isReady()) {
                return true;
            }
        }
        return false;
    }

    /** How many messages wait. */
    int size() {
        int size = 0;
        for (int priority = 0; priority < Priority.COUNT; priority++) {
            var ring = ring(priority);
            size += ring == null ? 0 : ring.size();
        }
        return size;
    }

    /** The position that the next message of each priority gets. */
    long[] tails() {
        var tails = new long[Priority.COUNT];
        for (int priority = 0; priority < Priority.COUNT; priority++) {
            var ring = ring(priority);
            tails[priority] = ring == null ? firstPosition : ring.tail();
        }
        return tails;
    }

    /**
     * Takes the messages at the heads that expire by {@code now}, or whose position is below that in {@code limits}.
     */
    void pollExpired(long now, long[] limits, Consumer<DeliveryReceipt> late) {
        for (int priority = 0; priority < Priority.COUNT; priority++) {
            var ring = ring(priority);
            var message = ring == null ? null : ring.pollExpired(now, limits[priority]);
            while (message != null) {
                late.accept(message);
                message = ring.pollExpired(now, limits[priority]);
            }
        }
    }

    /** When the first of the messages at the heads expires; never if none does. */
    long nextExpiry() {
        long next = K2KMessage.NEVER;
        for (int priority = 0; priority < Priority.COUNT; priority++) {
            var ring = ring(priority);
            next = ring == null ? next : Math.min(next, ring.nextExpiry());
        }
        return next;
    }

    /** How many messages were accepted since their account was handed over last. */
    long accepted() {
        var tails = tails();
        long accepted = 0;
        for (int priority = 0; priority < Priority.COUNT; priority++) {
            accepted += tails[priority] - retired[priority];
        }
        return accepted;
    }

    /** Adds the receipts that the rings still keep, in no order. */
    void kept(Collection<DeliveryReceipt> to) {
        for (int priority = 0; priority < Priority.COUNT; priority++) {
            var ring = ring(priority);
            if (ring != null) {
                ring.kept(to);
            }
        }
    }

    /**
     * Hands over the account of the messages that were taken out: adds those of their receipts that are still kept.
     *
     * @return how many messages there were
     */
    long retire(Collection<DeliveryReceipt> to) {
        long count = 0;
        for (int priority = 0; priority < Priority.COUNT; priority++) {
            var ring = ring(priority);
            long head = ring == null ? firstPosition : ring.head();
            if (head > retired[priority]) {
                ring.kept(retired[priority], head, to);
                count += head - retired[priority];
                retired[priority] = head;
            }
        }
        return count;
    }
}
