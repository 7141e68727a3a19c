package io.ringkernel.metal.hlc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The hybrid logical clock of one node.
 *
 * <p><b>Promise.</b> Every timestamp that {@link #tick()} or {@link #update(HlcTimestamp)} returns is greater than all
 * that this clock returned before, on whichever thread, and {@code update} also exceeds the timestamp it was given. A
 * wall clock that stands still or goes back changes nothing in this: the clock counts on from where it was.
 *
 * <p><b>Distance from the wall clock.</b> A timestamp is never behind the wall clock's reading at the call, if it reads
 * it. It is ahead of it by what was learnt from remote nodes (at most {@link #maxDrift()} per reading), by what the
 * wall clock went back, and by one microsecond for each 4,096 events beyond the wall clock's own speed.
 *
 * <p><b>Threads.</b> Lock-free: {@code tick} completes with one compare-and-set when the wall clock moved on, and with
 * one fetch-and-add when it did not.
 */
public final class HlcClock {
    /** How far ahead of the wall clock a remote timestamp may be unless a clock says otherwise: one minute. */
    public static final Duration DEFAULT_MAX_DRIFT = Duration.ofMinutes(1);

    /** Bits of the logical counter within the packed state. */
    private static final int LOGICAL_BITS = 12;

    private static final long LOGICAL_MASK = (1L << LOGICAL_BITS) - 1;

    /** The largest physical time that the packed state can hold, in the year 2112. */
    private static final long MAX_MICROS = -1L >>> LOGICAL_BITS;

    /** The last state; there is no timestamp after it. */
    private static final long LAST = -1L;

    /**
     * From here on nobody adds to the state without having seen that it is not the last one. A thread that looked
     * before would have to be overtaken by so many events to add to that: 2<sup>32</sup>.
     */
    private static final long NEARLY_LAST = LAST << 32;

    private static final VarHandle STATE;
    private static final VarHandle LATEST_READING;

    static {
        try {
            var lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(HlcClock.class, "state", long.class);
            LATEST_READING = lookup.findVarHandle(HlcClock.class, "latestReading", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long nodeId;
    private final long maxDriftMicros;
    private final LongSupplier wallMicros;

    /** The last timestamp issued or learnt: physical microseconds in the upper 52 bits, counter in the lower 12. */
    private volatile long state;

    /** The greatest wall-clock reading so far; skew is judged by it, so that a wall clock going back refuses nobody. */
    private volatile long latestReading;

    private HlcClock(long nodeId, Duration maxDrift, LongSupplier wallMicros) {
        this.nodeId = nodeId;
        this.wallMicros = wallMicros;
        if (maxDrift.isNegative() || maxDrift.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("maxDrift not in PT0S..P365D: " + maxDrift);
        }
        maxDriftMicros = maxDrift.toNanos() / 1_000;
        long reading = readWall();
        latestReading = reading;
        state = reading << LOGICAL_BITS;
    }

    /** A clock for the node {@code nodeId} on the system's wall clock, with {@link #DEFAULT_MAX_DRIFT}. */
    public static HlcClock of(long nodeId) {
        return new HlcClock(nodeId, DEFAULT_MAX_DRIFT, HlcClock::systemMicros);
    }

    /**
     * A clock for the node {@code nodeId} on a given wall clock.
     *
     * @param maxDrift how far ahead of the wall clock a remote timestamp may be, 0 to 365 days
     * @param wallMicros reads microseconds since the epoch; may stand still or go back; called by any thread that uses
     *     the clock
     * @throws IllegalArgumentException if {@code maxDrift} is out of range
     * @throws IllegalStateException if the wall clock reads less than 0 or more than 2<sup>52</sup> - 1
     */
    public static HlcClock of(long nodeId, Duration maxDrift, LongSupplier wallMicros) {
        Objects.requireNonNull(maxDrift, "maxDrift");
        return new HlcClock(nodeId, maxDrift, Objects.requireNonNull(wallMicros, "wallMicros"));
    }

    /** The system's wall clock in microseconds since the epoch. */
    public static long systemMicros() {
        var now = Instant.now();
        return now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000;
    }

    /** The node that this clock issues timestamps for. */
    public long nodeId() {
        return nodeId;
    }

    /** How far ahead of the wall clock a remote timestamp may be. */
    public Duration maxDrift() {
        return Duration.ofNanos(maxDriftMicros * 1_000);
    }

    /**
     * The latest timestamp that this clock issued or learnt, without advancing it. No {@code tick} will return it
     * again.
     */
    public HlcTimestamp now() {
        return unpack(state);
    }

    /**
     * Advances the clock for a local event, such as sending a message.
     *
     * @return a timestamp greater than every earlier one of this clock
     * @throws IllegalStateException if the wall clock reads less than 0 or more than 2<sup>52</sup> - 1, or the clock
     *     is at its last timestamp, in the year 2112; it stays there
     */
    public HlcTimestamp tick() {
        return tick(wallMicros.getAsLong());
    }

    /**
     * Advances the clock for a local event at a given reading of this clock's wall clock, without reading it again:
     * cheaper than {@link #tick()} where many events come within a short time. The physical part of the result may lie
     * behind the wall clock, but not behind {@code reading}.
     *
     * @param reading microseconds since the epoch
     * @return a timestamp greater than every earlier one of this clock
     * @throws IllegalStateException if {@code reading} is less than 0 or more than 2<sup>52</sup> - 1, or the clock is
     *     at its last timestamp
     */
    public HlcTimestamp tick(long reading) {
        checkReading(reading);
        long wall = reading << LOGICAL_BITS;
        long seen = state;
        while (Long.compareUnsigned(wall, seen) > 0) {
            long witness = (long) STATE.compareAndExchange(this, seen, wall);
            if (witness == seen) {
                noteReading(reading);
                return new HlcTimestamp(reading, 0, nodeId);
            }
            seen = witness;
        }
        if (Long.compareUnsigned(seen, NEARLY_LAST) >= 0) {
            return advance(wall);
        }
        // The state is at or past the wall clock, and only grows: adding one yields a value that nobody else gets.
        return unpack((long) STATE.getAndAdd(this, 1L) + 1);
    }

    /**
     * Advances the clock past a timestamp that came with a message.
     *
     * @return a timestamp greater than {@code remote} and than every earlier one of this clock
     * @throws ClockSkewException if {@code remote} is more than {@link #maxDrift()} ahead of the greatest wall-clock
     *     reading, and ahead of this clock; the clock is then unchanged
     * @throws IllegalStateException if the wall clock reads less than 0 or more than 2<sup>52</sup> - 1, or the clock
     *     is at its last timestamp
     */
    public HlcTimestamp update(HlcTimestamp remote) {
        long reading = readWall();
        noteReading(reading);
        long remoteMicros = remote.physicalMicros();
        if (Long.compareUnsigned(remoteMicros, state >>> LOGICAL_BITS) > 0) {
            checkSkew(remoteMicros);
        }
        long wall = reading << LOGICAL_BITS;
        long afterRemote = packAfter(remote);
        return advance(Long.compareUnsigned(wall, afterRemote) > 0 ? wall : afterRemote);
    }

    /**
     * Advances the clock past a timestamp from a clock that reads the same wall clock, without reading it again:
     * cheaper than {@link #update}, and as good for the order of events. The physical part of the result may lie behind
     * the wall clock, but not behind {@code remote}'s.
     *
     * @return a timestamp greater than {@code remote} and than every earlier one of this clock
     * @throws ClockSkewException as {@link #update} does
     * @throws IllegalStateException as {@link #update} does
     */
    public HlcTimestamp follow(HlcTimestamp remote) {
        if (Long.compareUnsigned(remote.physicalMicros(), latestReading + maxDriftMicros) > 0) {
            return update(remote);
        }
        return advance(packAfter(remote));
    }

    /** Moves the state to {@code floor}, or by one if it is there already. */
    private HlcTimestamp advance(long floor) {
        long seen = state;
        while (true) {
            if (seen == LAST) {
                throw new IllegalStateException("the clock is at its last timestamp: " + unpack(LAST));
            }
            long next = Long.compareUnsigned(floor, seen) > 0 ? floor : seen + 1;
            long witness = (long) STATE.compareAndExchange(this, seen, next);
            if (witness == seen) {
                return unpack(next);
            }
            seen = witness;
        }
    }

    private void checkSkew(long remoteMicros) {
        long allowed = Math.min(latestReading + maxDriftMicros, MAX_MICROS - 1);
        if (Long.compareUnsigned(remoteMicros, allowed) > 0) {
            throw new ClockSkewException(remoteMicros, latestReading, maxDrift());
        }
    }

    /** The smallest packed state after {@code remote}; a counter beyond 12 bits rounds up to the next microsecond. */
    private static long packAfter(HlcTimestamp remote) {
        long micros = remote.physicalMicros();
        if (Long.compareUnsigned(micros, MAX_MICROS) >= 0) {
            throw new IllegalArgumentException(
                    "physicalMicros not in 0.." + (MAX_MICROS - 1) + ": " + Long.toUnsignedString(micros));
        }
        long logical = remote.logical();
        return Long.compareUnsigned(logical, LOGICAL_MASK) >= 0
                ? micros + 1 << LOGICAL_BITS
                : micros << LOGICAL_BITS | logical + 1;
    }

    private HlcTimestamp unpack(long packed) {
        return new HlcTimestamp(packed >>> LOGICAL_BITS, packed & LOGICAL_MASK, nodeId);
    }

    private long readWall() {
        long micros = wallMicros.getAsLong();
        checkReading(micros);
        return micros;
    }

    private static void checkReading(long micros) {
        if (micros < 0 || micros > MAX_MICROS) {
            throw new IllegalStateException("wall clock not in 0.." + MAX_MICROS + " µs: " + micros);
        }
    }

    private void noteReading(long reading) {
        if (reading > latestReading) {
            // Two threads may write in the wrong order; the next reading puts that right, and until then the limit for
            // skew is lower by the time between the two.
            LATEST_READING.setOpaque(this, reading);
        }
    }
}
