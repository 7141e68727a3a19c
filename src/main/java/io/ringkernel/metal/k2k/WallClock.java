package io.ringkernel.metal.k2k;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;

/**
 * The wall clock that messages are stamped by. Reading the system's clock takes as long as queueing a message, so many
 * messages share a reading: while more than {@value #BUSY} in a millisecond ask for the time, the timer reads the clock
 * for all of them, once in a millisecond. After {@value #BEATS} of these it stops, and goes on only if they ask that
 * often again.
 *
 * <p>So the time told is at most a millisecond old, as far as the timer gets its turn, and exact where few ask.
 */
final class WallClock {
    private static final int BUSY = 128;
    private static final int BEATS = 32;
    private static final long BEAT_MICROS = 1_000;
    private static final long NOT_BEATING = -1;
    private static final VarHandle IS_BEATING;

    static {
        try {
            IS_BEATING = MethodHandles.lookup().findVarHandle(WallClock.class, "isBeating", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LongSupplier source;
    private final DeliveryTimer timer;
    private final boolean mayShare;

    /** The timer's latest reading, while it reads. */
    private volatile long shared = NOT_BEATING;

    private volatile boolean isBeating;

    /** How many asked since {@code since}. Written in a race: it need not be exact. */
    private int asked;

    private long since;

    /**
     * A clock on {@code source}.
     *
     * @param source tells microseconds since the epoch
     * @param mayShare whether a reading may serve more than one message
     */
    WallClock(LongSupplier source, DeliveryTimer timer, boolean mayShare) {
        this.source = source;
        this.timer = timer;
        this.mayShare = mayShare;
    }

    /** Reads the clock. */
    long exactMicros() {
        return source.getAsLong();
    }

    /** A reading that may be a little old. */
    long recentMicros() {
        long latest = shared;
        return latest == NOT_BEATING ? askedAt(source.getAsLong()) : latest;
    }

    private long askedAt(long now) {
        if (now - since > BEAT_MICROS) {
            since = now;
            asked = 0;
        } else if (++asked >= BUSY && mayShare && IS_BEATING.compareAndSet(this, false, true)) {
            asked = 0;
            beat(BEATS);
        }
        return now;
    }

    private void beat(int left) {
        if (left > 0) {
            shared = source.getAsLong();
            timer.schedule(() -> beat(left - 1), timer.now() + BEAT_MICROS * 1_000);
        } else {
            shared = NOT_BEATING;
            isBeating = false;
        }
    }
}
