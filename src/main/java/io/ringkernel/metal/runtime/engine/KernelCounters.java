package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.KernelMetrics;
import io.ringkernel.metal.runtime.LatencyHistogram;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What a kernel counts. Any thread adds; the sums are exact once nothing is going on. */
final class KernelCounters {
    final LongAdder arrived = new LongAdder();
    final LongAdder processed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder replies = new LongAdder();
    final LongAdder callsAnswered = new LongAdder();
    final LongAdder dispatches = new LongAdder();
    final LongAdder outputStalls = new LongAdder();
    final LongAdder bytesToDevice = new LongAdder();
    final LongAdder bytesFromDevice = new LongAdder();
    final LongAdder gpuNanos = new LongAdder();
    final LatencyHistogram latency = new LatencyHistogram();
    private final LongAdder[] flushes = {new LongAdder(), new LongAdder(), new LongAdder()};

    void flushed(Batch.Flush why) {
        flushes[why.ordinal()].increment();
    }

    KernelMetrics.Flushes flushes() {
        return new KernelMetrics.Flushes(
                flushes[Batch.Flush.IDLE.ordinal()].sum(),
                flushes[Batch.Flush.FULL.ordinal()].sum(),
                flushes[Batch.Flush.DEADLINE.ordinal()].sum());
    }

    Duration gpuTime() {
        return Duration.ofNanos(gpuNanos.sum());
    }
}
