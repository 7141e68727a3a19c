package io.ringkernel.metal.k2k;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A bounded queue of messages for any number of senders and receivers, without locks.
 *
 * <p>A position counts messages and never wraps. Its slot is the position modulo the capacity, its lap the position
 * divided by it. A slot's turn says whose it is: {@code 2 * lap} when free for that lap, {@code 2 * lap + 1} when it
 * holds that lap's message. (The scheme of Vyukov's bounded queue counts in positions instead, which fails for a
 * capacity of 1.)
 *
 * <pre>
 *            head                tail              senders claim a position by moving tail on, fill the slot,
 *             v                   v                and publish it by its turn; receivers claim by moving head on,
 *   . . . . . m m m m m m m m m m . . . . .        empty the slot, and hand it to the next lap
 * </pre>
 */
final class MessageRing {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    /** Index of the two cursors: on cache lines of their own, with two lines between for the prefetcher. */
    private static final int TAIL = 16;

    private static final int HEAD = 48;
    private static final int CURSORS = 64;
    private static final long ALL = Long.MAX_VALUE;
    private static final int SPINS_BEFORE_YIELD = 64;

    private final int capacity;
    private final int mask;
    private final int lapShift;
    private final K2KMessage[] slots;
    private final long[] turns;
    private final long[] cursors = new long[CURSORS];

    /**
     * An empty ring.
     *
     * @param capacity a power of two
     * @param start the position of the first message
     */
    MessageRing(int capacity, long start) {
        this.capacity = capacity;
        mask = capacity - 1;
        lapShift = Integer.numberOfTrailingZeros(capacity);
        slots = new K2KMessage[capacity];
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

    private long head() {
        return (long) LONGS.getVolatile(cursors, HEAD);
    }

    /** How many messages wait, at some moment during the call. */
    int size() {
        long head = head();
        return Math.clamp(tail() - head, 0, capacity);
    }

    /** Appends a message; false if there is no room. */
    boolean offer(K2KMessage message) {
        long tail = tail();
        while (true) {
            int slot = (int) tail & mask;
            long free = freeTurn(tail);
            long turn = (long) LONGS.getAcquire(turns, slot);
            if (turn == free) {
                long witness = (long) LONGS.compareAndExchange(cursors, TAIL, tail, tail + 1);
                if (witness == tail) {
                    slots[slot] = message;
                    // ORDER: pairs with the acquire of the turn in take; the message is in its slot before its turn
                    // says so
                    LONGS.setRelease(turns, slot, free + 1);
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
    K2KMessage poll() {
        return take(ALL, ALL);
    }

    /** Takes the oldest message if its position is below {@code limit} or it expires by {@code now}; null if not. */
    K2KMessage pollExpired(long now, long limit) {
        return take(now, limit);
    }

    private K2KMessage take(long expiresBy, long limit) {
        long head = head();
        int spins = 0;
        while (true) {
            int slot = (int) head & mask;
            long full = freeTurn(head) + 1;
            long turn = (long) LONGS.getAcquire(turns, slot);
            if (turn == full) {
                var message = slots[slot];
                // A message that another receiver just took may be null here; then head has moved, and claiming it
                // fails.
                if (head >= limit && message != null && message.expiresAt() > expiresBy) {
                    return null;
                }
                long witness = (long) LONGS.compareAndExchange(cursors, HEAD, head, head + 1);
                if (witness == head) {
                    slots[slot] = null;
                    // ORDER: pairs with the acquire of the turn in offer; the slot is empty before the next lap gets it
                    LONGS.setRelease(turns, slot, full + 1);
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
            int slot = (int) head & mask;
            var message = (long) LONGS.getAcquire(turns, slot) == freeTurn(head) + 1 ? slots[slot] : null;
            long now = head();
            if (message != null && now == head) {
                return message.expiresAt();
            }
            pause(spins++);
            head = now;
        }
        return K2KMessage.NEVER;
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
