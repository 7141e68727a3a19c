package io.ringkernel.metal.software.gpu;

/**
 * What a device allows, in bytes where not said otherwise.
 *
 * @param threadsPerThreadgroup the most threads, in all dimensions together
 * @param threadgroupMemory the most threadgroup memory of a dispatch
 * @param bufferLength the longest buffer
 * @param memory what all buffers and heaps may take together
 * @param constantOffsetAlignment of a buffer's offset that is bound as {@code constant}
 */
public record GpuLimits(
        int threadsPerThreadgroup,
        int threadgroupMemory,
        long bufferLength,
        long memory,
        int constantOffsetAlignment) {}
