package io.ringkernel.metal.bench;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.hlc.HlcTimestamp;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A tick of the hybrid logical clock against reading the wall clock in microseconds, by one thread; and against the
 * same algorithm under a lock, by two.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HlcClockBenchmark {
    private final HlcClock clock = HlcClock.of(1);
    private final ReentrantLock lock = new ReentrantLock();
    private long physical;
    private long logical;

    @Benchmark
    public long wallClockMicros() {
        var now = Instant.now();
        return now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000;
    }

    @Benchmark
    @Goal(against = "wallClockMicros", atMost = 1.5)
    public HlcTimestamp tick() {
        return clock.tick();
    }

    @Benchmark
    @Threads(2)
    @Goal(against = "lockedTickByTwoThreads", atMost = 1)
    public HlcTimestamp tickByTwoThreads() {
        return clock.tick();
    }

    @Benchmark
    @Threads(2)
    public HlcTimestamp lockedTickByTwoThreads() {
        lock.lock();
        try {
            long wall = wallClockMicros();
            logical = wall > physical ? 0 : logical + 1;
            physical = Math.max(physical, wall);
            return new HlcTimestamp(physical, logical, 1);
        } finally {
            lock.unlock();
        }
    }
}
