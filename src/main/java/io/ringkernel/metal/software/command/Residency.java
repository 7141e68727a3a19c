package io.ringkernel.metal.software.command;

import io.ringkernel.metal.msl.run.AddressResolver;
import io.ringkernel.metal.software.gpu.Gpu;
import io.ringkernel.metal.software.gpu.GpuMemory;
import io.ringkernel.metal.software.resource.MTLHeap;
import io.ringkernel.metal.software.runtime.ViolationKind;
import io.ringkernel.metal.software.runtime.Violations;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a kernel may reach through addresses that it loads from memory: buffers that were bound or declared with
 * {@code useResource}, and everything in declared heaps. Immutable.
 */
record Residency(List<GpuMemory> memories, List<MTLHeap> heaps) {
    static final Residency NOTHING = new Residency(List.of(), List.of());

    Residency with(GpuMemory memory) {
        return memories.contains(memory) ? this : new Residency(append(memories, memory), heaps);
    }

    Residency with(MTLHeap heap) {
        return heaps.contains(heap) ? this : new Residency(memories, append(heaps, heap));
    }

    private static <T> List<T> append(List<T> list, T added) {
        return Stream.concat(list.stream(), Stream.of(added)).toList();
    }

    /** Resolves addresses for a kernel; one that is live but was not declared would be a page fault on a GPU. */
    AddressResolver resolver(Gpu gpu, Violations violations) {
        return address -> gpu.find(address).flatMap(memory -> {
            if (memories.contains(memory) || heaps.stream().anyMatch(heap -> heap.contains(address))) {
                return Optional.of(memory.segment());
            }
            violations.record(
                    ViolationKind.UNBOUND_BUFFER,
                    "a kernel uses a buffer by its address 0x" + Long.toHexString(address)
                            + " that was neither bound nor declared with useResource or useHeap");
            return Optional.<MemorySegment>empty();
        });
    }
}
