package io.ringkernel.metal.runtime;

/**
 * What a {@link KernelGraph} has done. A snapshot, taken between submissions.
 *
 * @param sent messages that the host has put into the graph
 * @param handled messages that kernels have handled, from the host and from each other
 * @param received messages that the host has got
 * @param failed messages that were reported as failures
 * @param commandBuffers command buffers that were committed
 * @param dispatches dispatches in them
 */
public record KernelGraphMetrics(
        long sent, long handled, long received, long failed, long commandBuffers, long dispatches) {}
