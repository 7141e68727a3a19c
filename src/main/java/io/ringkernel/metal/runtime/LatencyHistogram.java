package io.ringkernel.metal.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often which duration was measured.
 *
 * <p><b>Accuracy.</b> Durations fall into buckets whose width is at most 1/32 of their lower end, so that percentiles
 * are off by 3.2 % at most; the maximum is exact. The idea is that of HdrHistogram.
 *
 * <p><b>Threads.</b> Any number may record and read; a reader may see some of what is recorded meanwhile. What the
 * metrics give out is a copy, which does not change any more.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 5;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB_BUCKETS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong max = new AtomicLong();
    private final AtomicLong total = new AtomicLong();

    /** Starts without any. */
    public LatencyHistogram() {}

    /** Notes a duration in nanoseconds; a negative one, as a clock may give that is set back, counts as 0. */
    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts.getAndIncrement(bucket(value));
        total.getAndAdd(value);
        max.accumulateAndGet(value, Math::max);
    }

    /** Adds everything that {@code other} noted. */
    public void add(LatencyHistogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            long count = other.counts.get(i);
            if (count != 0) {
                counts.getAndAdd(i, count);
            }
        }
        total.getAndAdd(other.total.get());
        max.accumulateAndGet(other.max.get(), Math::max);
    }

    /** What was noted so far, as a histogram of its own. */
    public LatencyHistogram copy() {
        var copy = new LatencyHistogram();
        copy.add(this);
        return copy;
    }

    /** How many durations were noted. */
    public long count() {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** The longest duration; zero if there is none. */
    public Duration max() {
        return Duration.ofNanos(max.get());
    }

    /** The arithmetic mean; zero if there is none. */
    public Duration mean() {
        long count = count();
        return count == 0 ? Duration.ZERO : Duration.ofNanos(total.get() / count);
    }

    /**
     * The duration that the given share of all durations does not exceed; zero if there is none.
     *
     * @param percent 0 to 100
     * @throws IllegalArgumentException if {@code percent} is out of range
     */
    public Duration percentile(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent not in 0..100: " + percent);
        }
        long rank = Math.max(1, (long) Math.ceil(count() * percent / 100));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i);
            if (seen >= rank) {
                return Duration.ofNanos(Math.min(upperEnd(i), max.get()));
            }
        }
        return Duration.ZERO;
    }

    /** Values below 32 have buckets of their own; above, each power of two is divided into 32. */
    private static int bucket(long value) {
        if (value < SUB_BUCKETS) {
            return (int) value;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int shift = exponent - SUB_BITS;
        return (shift + 1) * SUB_BUCKETS + (int) (value >>> shift) - SUB_BUCKETS;
    }

    private static long upperEnd(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int shift = bucket / SUB_BUCKETS - 1;
        long lower = (long) (bucket % SUB_BUCKETS + SUB_BUCKETS) << shift;
        return lower + (1L << shift) - 1;
    }

    @Override
    public String toString() {
        return "%d measured, p50 %s, p99 %s, max %s".formatted(count(), percentile(50), percentile(99), max());
    }
}
