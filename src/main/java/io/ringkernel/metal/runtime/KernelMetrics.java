package io.ringkernel.metal.runtime;

import io.ringkernel.metal.wire.KernelId;
import java.time.Duration;

/**
 * What a kernel has done since its launch. A snapshot; the numbers of one snapshot may be a few messages apart.
 *
 * @param id the kernel
 * @param state where it is in its life
 * @param sent messages that it accepted, from the host and from other kernels
 * @param refused messages that it did not accept because its queue was full
 * @param processed messages that its handler finished, with or without an error
 * @param failed messages that its handler reported an error for, or whose command buffer failed
 * @param dropped messages and replies that became dead letters
 * @param replies outputs that its handler made: replies and messages to others
 * @param received replies that the host received, by {@code receive} or as the answer of a {@code call}
 * @param dispatches dispatches that completed
 * @param flushes why batches were dispatched
 * @param outputStalls how often messages had to wait because replies were not received
 * @param bytesToDevice bytes of headers and payloads handed to the GPU
 * @param bytesFromDevice bytes of headers and payloads that the GPU gave back
 * @param queueDepth messages that wait to be handled now
 * @param receiveDepth replies that wait to be received now
 * @param inFlight messages that are being handled now
 * @param dispatchLatency from the commit of a batch to its completion, as the host saw it
 * @param gpuTime how long the GPU worked on command buffers with this kernel's batches
 * @param gpuMemoryBytes size of its buffers; 0 after termination
 */
public record KernelMetrics(
        KernelId id,
        KernelState state,
        long sent,
        long refused,
        long processed,
        long failed,
        long dropped,
        long replies,
        long received,
        long dispatches,
        Flushes flushes,
        long outputStalls,
        long bytesToDevice,
        long bytesFromDevice,
        int queueDepth,
        int receiveDepth,
        int inFlight,
        LatencyHistogram dispatchLatency,
        Duration gpuTime,
        long gpuMemoryBytes) {
    /**
     * Why batches were dispatched.
     *
     * @param idle nothing was in flight for the kernel, so that whatever waited went at once
     * @param full as many messages waited as a batch may have
     * @param deadline the first message had lingered for as long as {@link DispatchPolicy#linger()} allows
     */
    public record Flushes(long idle, long full, long deadline) {
        Flushes plus(Flushes other) {
            return new Flushes(idle + other.idle, full + other.full, deadline + other.deadline);
        }
    }

    /** Messages in an average dispatch; 0 before the first. */
    public double messagesPerDispatch() {
        return dispatches == 0 ? 0 : (double) processed / dispatches;
    }
}
