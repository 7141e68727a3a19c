package io.ringkernel.metal.software.command;

import io.ringkernel.metal.msl.run.AddressResolver;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.MemoryFault;
import io.ringkernel.metal.software.gpu.Gpu;
import io.ringkernel.metal.software.gpu.GpuMemory;
import io.ringkernel.metal.software.resource.MTLHeap;
import io.ringkernel.metal.software.resource.MTLResidencySet;
import io.ringkernel.metal.software.runtime.ViolationKind;
import io.ringkernel.metal.software.runtime.Violations;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
    AddressResolver resolver(Gpu gpu, Supplier<List<MTLResidencySet>> sets, Violations violations) {
        return new Resolver(this, gpu, sets, violations);
    }

    private record Resolver(Residency residency, Gpu gpu, Supplier<List<MTLResidencySet>> sets, Violations violations)
            implements AddressResolver {
        @Override
        public Optional<MemorySegment> find(long address) {
            return gpu.find(address).map(memory -> {
                if (!residency.holds(memory, address) && !setsHold(memory, address)) {
                    throw undeclared(memory, address);
                }
                return memory.segment();
            });
        }

        private boolean setsHold(GpuMemory memory, long address) {
            return sets.get().stream().anyMatch(set -> set.holds(memory, address));
        }

        private MemoryFault undeclared(GpuMemory memory, long address) {
            var label = memory.label().isEmpty() ? "" : " of the buffer '" + memory.label() + "'";
            var text = "address 0x" + Long.toHexString(address) + label
                    + ", which is neither bound nor declared: call useResource for the buffer, or useHeap for its heap,"
                    + " before the dispatch";
            violations.record(ViolationKind.UNBOUND_BUFFER, "a kernel uses " + text);
            return new MemoryFault(KernelFault.Kind.DANGLING_POINTER, "access through " + text, -1);
        }

        @Override
        public String nameAt(long address) {
            return gpu.find(address).map(GpuMemory::label).orElse("");
        }
    }

    private boolean holds(GpuMemory memory, long address) {
        return memories.contains(memory) || heaps.stream().anyMatch(heap -> heap.contains(address));
    }
}
