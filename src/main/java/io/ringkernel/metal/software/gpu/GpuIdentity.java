package io.ringkernel.metal.software.gpu;

import java.util.Set;

/**
 * What a device says it is.
 *
 * @param architecture the name of its {@code MTLArchitecture}
 * @param unifiedMemory whether CPU and GPU share memory; without, managed buffers have a copy on each side
 * @param removable whether it can be unplugged
 * @param families the values of {@code MTLGPUFamily} that it supports
 */
public record GpuIdentity(
        String name,
        String architecture,
        long registryId,
        boolean unifiedMemory,
        boolean removable,
        Set<Long> families) {

    public GpuIdentity {
        families = Set.copyOf(families);
    }
}
