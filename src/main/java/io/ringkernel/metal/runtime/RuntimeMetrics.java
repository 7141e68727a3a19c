package io.ringkernel.metal.runtime;

import java.time.Duration;

/**
 * What a runtime has done since its start; kernels that were terminated count on. A snapshot.
 *
 * @param kernels kernels that exist now
 * @param kernelsLaunched kernels launched since the start
 * @param sent messages that kernels accepted
 * @param refused messages that were not accepted because a queue was full
 * @param processed messages that handlers finished
 * @param failed messages that failed in a handler or with a command buffer
 * @param dropped messages and replies that became dead letters
 * @param received replies that the host received
 * @param dispatches dispatches that completed
 * @param commandBuffers command buffers that were committed
 * @param commandBuffersInFlight command buffers that have not completed
 * @param flushes why batches were dispatched
 * @param dispatchLatency from the commit of a batch to its completion
 * @param gpuTime how long the GPU worked
 * @param gpuMemoryBytes bytes of GPU memory that the kernels have now
 */
public record RuntimeMetrics(
        int kernels,
        long kernelsLaunched,
        long sent,
        long refused,
        long processed,
        long failed,
        long dropped,
        long received,
        long dispatches,
        long commandBuffers,
        int commandBuffersInFlight,
        KernelMetrics.Flushes flushes,
        LatencyHistogram dispatchLatency,
        Duration gpuTime,
        long gpuMemoryBytes) {

    /** A runtime that has done nothing. */
    public static RuntimeMetrics none() {
        return new RuntimeMetrics(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                new KernelMetrics.Flushes(0, 0, 0),
                new LatencyHistogram(),
                Duration.ZERO,
                0);
    }

    /** These numbers and those of one more kernel. */
    public RuntimeMetrics plus(KernelMetrics kernel) {
        var latency = dispatchLatency.copy();
        latency.add(kernel.dispatchLatency());
        return new RuntimeMetrics(
                kernels + (kernel.state() == KernelState.TERMINATED ? 0 : 1),
                kernelsLaunched + 1,
                sent + kernel.sent(),
                refused + kernel.refused(),
                processed + kernel.processed(),
                failed + kernel.failed(),
                dropped + kernel.dropped(),
                received + kernel.received(),
                dispatches + kernel.dispatches(),
                commandBuffers,
                commandBuffersInFlight,
                flushes.plus(kernel.flushes()),
                latency,
                gpuTime,
                gpuMemoryBytes + kernel.gpuMemoryBytes());
    }

    /** These numbers with those that are not a kernel's. */
    RuntimeMetrics withCommandBuffers(long committed, int underWay, Duration worked) {
        return new RuntimeMetrics(
                kernels,
                kernelsLaunched,
                sent,
                refused,
                processed,
                failed,
                dropped,
                received,
                dispatches,
                committed,
                underWay,
                flushes,
                dispatchLatency,
                worked,
                gpuMemoryBytes);
    }
}
