package io.ringkernel.metal.k2k;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;

/**
 * A bounded queue of messages for any number of senders and receivers, without locks.
 *
 * <p>A position counts messages and never wraps. Its slot is the position modulo the number of slots, of which there
 * may be more than messages may wait. A receipt knows its position: so a slot holds the message of a position if the
 * receipt in it says so, and an older one otherwise. Receipts stay in their slots when their messages have been taken
 * out, until the slot is needed again.
 *
 * <pre>
 *            head                tail              senders claim a position by moving tail on, and publish the message
 *             v                   v                by putting its receipt into the slot; receivers claim by moving
 *   r r r r r m m m m m m m m m m . . . . .        head on, and write nothing else
 * </pre>
 *
 * <p>What costs is memory that several cores write. A message takes two such writes of its sender, tail and slot, and
 * one of its receiver, head; a sender looks at head only when the queue seems to be full.
 */
final class MessageRing {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle RECEIPTS = MethodHandles.arrayElementVarHandle(DeliveryReceipt[].class);

    /** Index of the cursors: head on a cache line of its own, with two lines between for the prefetcher. */
    private static final int TAIL = 16;

    /** Where a sender saw head last: never past it. */
    private static final int HEAD_SEEN = 17;

    private static final int HEAD = 48;
    private static final int CURSORS = 64;
    private static final long ALL = Long.MAX_VALUE;
    private static final int SPINS_BEFORE_YIELD = 64;

    private final int capacity;
    private final int mask;
    private final DeliveryReceipt[] slots;
    private final long[] cursors = new long[CURSORS];

    /**
     * An empty ring.
     *
     * @param capacity how many messages may wait
     * @param kept how many receipts to keep at least
     * @param start the position of the first message
     */
    MessageRing(int capacity, int kept, long start) {
        this.capacity = capacity;
        int slotCount = Math.max(capacity, kept);
        if (Integer.bitCount(slotCount) != 1) {
            throw new IllegalArgumentException("number of slots not a power of two: " + slotCount);
        }
        mask = slotCount - 1;
        slots = new DeliveryReceipt[slotCount];
        cursors[TAIL] = start;
        cursors[HEAD_SEEN] = start;
        cursors[HEAD] = start;
    }

    /** The position that the next message gets. */
    long tail() {
        return (long) LONGS.getVolatile(cursors, TAIL);
    }

    /** The position of the oldest message that waits. */
    long head() {
        return (long) LONGS.getVolatile(cursors, HEAD);
    }

    /** How many messages wait, at some moment during the call. */
    int size() {
        long head = head();
        return Math.clamp(tail() - head, 0, capacity);
    }

    /** Whether the oldest message can be taken at once; cheaper to ask than {@link #poll()}. */
    boolean isReady() {
        return published(head()) != null;
    }

    /** The message at a position; null if it is not there yet, or was replaced already. */
    private DeliveryReceipt published(long position) {
        // ORDER: pairs with the release in offer: who sees the receipt sees its position
        var receipt = (DeliveryReceipt) RECEIPTS.getAcquire(slots, (int) position & mask);
        return receipt != null && receipt.position() == position ? receipt : null;
    }

    /** Appends a message; false if there is no room. */
    boolean offer(DeliveryReceipt message) {
        long tail = tail();
        while (hasRoom(tail)) {
            long witness = (long) LONGS.compareAndExchange(cursors, TAIL, tail, tail + 1);
            if (witness == tail) {
                message.queuedAt(tail);
                // ORDER: pairs with the acquire in published. What stood here was taken out: its position is at least
                // the capacity behind, and so before head.
                RECEIPTS.setRelease(slots, (int) tail & mask, message);
                return true;
            }
            tail = witness;
        }
        return false;
    }

    private boolean hasRoom(long tail) {
        if (tail - (long) LONGS.getOpaque(cursors, HEAD_SEEN) < capacity) {
            return true;
        }
        long head = head();
        LONGS.setOpaque(cursors, HEAD_SEEN, head);
        return tail - head < capacity;
    }

    /** Takes the oldest message; null if none waits. */
    DeliveryReceipt poll() {
        return take(ALL, ALL);
    }

    /** Takes the oldest message if its position is below {@code limit} or it expires by {@code now}; null if not. */
    DeliveryReceipt pollExpired(long now, long limit) {
        return take(now, limit);
    }

    private DeliveryReceipt take(long expiresBy, long limit) {
        long head = head();
        int spins = 0;
        while (true) {
            var message = published(head);
            if (message != null) {
                if (head >= limit && message.expiresAt() > expiresBy) {
                    return null;
                }
                long witness = (long) LONGS.compareAndExchange(cursors, HEAD, head, head + 1);
                if (witness == head) {
                    return message;
                }
                head = witness;
            } else if (tail() <= head) {
                return null;
            } else {
                // A sender has claimed this position and is about to publish it, or another receiver has taken it.
                pause(spins++);
                head = head();
            }
        }
    }

    /** When the oldest message expires; never if none waits. */
    long nextExpiry() {
        long head = head();
        int spins = 0;
        while (tail() > head) {
            var message = published(head);
            long now = head();
            if (message != null && now == head) {
                return message.expiresAt();
            }
            pause(spins++);
            head = now;
        }
        return K2KMessage.NEVER;
    }

    /** Adds the receipts that are still kept, in no order. */
    void kept(Collection<DeliveryReceipt> to) {
        for (int slot = 0; slot <= mask; slot++) {
            var receipt = (DeliveryReceipt) RECEIPTS.getAcquire(slots, slot);
            if (receipt != null) {
                to.add(receipt);
            }
        }
    }

    /** Adds those receipts that are still kept of positions that were taken: {@code from} to before {@code end}. */
    void kept(long from, long end, Collection<DeliveryReceipt> to) {
        for (long position = Math.max(from, end - mask - 1); position < end; position++) {
            to.add((DeliveryReceipt) RECEIPTS.getAcquire(slots, (int) position & mask));
        }
    }

    /** The other thread is within a few instructions of going on, unless the scheduler took its core away. */
    private static void pause(int spins) {
        if (spins < SPINS_BEFORE_YIELD) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
