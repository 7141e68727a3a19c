package io.ringkernel.metal.k2k;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;

/**
 * A bounded queue of messages for any number of senders and receivers, without locks.
 *
 * <p>A position counts messages and never wraps. Its place is the position modulo the capacity, its lap the position
 * divided by it. A place's turn says whose it is: {@code 2 * lap} when free for that lap, {@code 2 * lap + 1} when it
 * holds that lap's message. (The scheme of Vyukov's bounded queue counts in positions instead, which fails for a
 * capacity of 1.) The messages themselves stand in slots, of which there may be more than places: receipts stay there
 * when their messages have been taken out, until their slot is needed again.
 *
 * <pre>
 *            head                tail              senders claim a position by moving tail on, fill the slot,
 *             v                   v                and publish it by its turn; receivers claim by moving head on,
 *   r r r r r m m m m m m m m m m . . . . .        and hand the place to the next lap
 * </pre>
 */
final class MessageRing {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle RECEIPTS = MethodHandles.arrayElementVarHandle(DeliveryReceipt[].class);

    /** Index of the two cursors: on cache lines of their own, with two lines between for the prefetcher. */
    private static final int TAIL = 16;

    private static final int HEAD = 48;
    private static final int CURSORS = 64;
    private static final long ALL = Long.MAX_VALUE;
    private static final int SPINS_BEFORE_YIELD = 64;

    private final int capacity;
    private final int mask;
    private final int keptMask;
    private final int lapShift;
    private final DeliveryReceipt[] slots;
    private final long[] turns;
    private final long[] cursors = new long[CURSORS];

    /**
     * An empty ring.
     *
     * @param capacity a power of two
     * @param kept how many receipts to keep at least, a power of two
     * @param start the position of the first message
     */
    MessageRing(int capacity, int kept, long start) {
        this.capacity = capacity;
        mask = capacity - 1;
        keptMask = Math.max(capacity, kept) - 1;
        lapShift = Integer.numberOfTrailingZeros(capacity);
        slots = new DeliveryReceipt[keptMask + 1];
        turns = new long[capacity];
        cursors[TAIL] = start;
        cursors[HEAD] = start;
        for (long position = start; position < start + capacity; position++) {
            turns[(int) position & mask] = freeTurn(position);
        }
    }

    private long freeTurn(long position) {
        return position >>> lapShift << 1;
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

    /** Appends a message; false if there is no room. */
    boolean offer(DeliveryReceipt message) {
        long tail = tail();
        while (true) {
            int place = (int) tail & mask;
            long free = freeTurn(tail);
            long turn = (long) LONGS.getAcquire(turns, place);
            if (turn == free) {
                long witness = (long) LONGS.compareAndExchange(cursors, TAIL, tail, tail + 1);
                if (witness == tail) {
                    slots[(int) tail & keptMask] = message;
                    // ORDER: pairs with the acquire of the turn in take; the message is in its slot before its turn
                    // says so
                    LONGS.setRelease(turns, place, free + 1);
                    return true;
                }
                tail = witness;
            } else {
                if (turn < free && tail - head() >= capacity) {
                    return false;
                }
                // Another sender took this position, or a receiver is about to free its slot.
                Thread.onSpinWait();
                tail = tail();
            }
        }
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
            int place = (int) head & mask;
            long full = freeTurn(head) + 1;
            long turn = (long) LONGS.getAcquire(turns, place);
            if (turn == full) {
                var message = slots[(int) head & keptMask];
                if (head >= limit && message.expiresAt() > expiresBy) {
                    return null;
                }
                long witness = (long) LONGS.compareAndExchange(cursors, HEAD, head, head + 1);
                if (witness == head) {
                    // ORDER: pairs with the acquire of the turn in offer; the slot was read before the next lap gets it
                    LONGS.setRelease(turns, place, full + 1);
                    return message;
                }
                head = witness;
            } else {
                if (turn < full && tail() <= head) {
                    return null;
                }
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
            int place = (int) head & mask;
            var message =
                    (long) LONGS.getAcquire(turns, place) == freeTurn(head) + 1 ? slots[(int) head & keptMask] : null;
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
        for (int slot = 0; slot <= keptMask; slot++) {
            var receipt = (DeliveryReceipt) RECEIPTS.getAcquire(slots, slot);
            if (receipt != null) {
                to.add(receipt);
            }
        }
    }

    /** Adds those receipts that are still kept of positions that were taken: {@code from} to before {@code end}. */
    void kept(long from, long end, Collection<DeliveryReceipt> to) {
        for (long position = Math.max(from, end - keptMask - 1); position < end; position++) {
            to.add((DeliveryReceipt) RECEIPTS.getAcquire(slots, (int) position & keptMask));
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
