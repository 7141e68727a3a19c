package io.ringkernel.metal.software.gpu;

import io.ringkernel.metal.msl.run.check.CheckSession;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** One software device: how much of its memory is taken, what lives at which address, and the faults to come. */
public final class Gpu {
    private final GpuConfiguration configuration;
    private final Faults faults = new Faults();
    private final Recovery recovery = new Recovery();
    private final Findings findings = new Findings();
    private final AtomicLong allocated = new AtomicLong();
    private final ConcurrentSkipListMap<Long, GpuMemory> byAddress = new ConcurrentSkipListMap<>();

    public Gpu(GpuConfiguration configuration) {
        this.configuration = configuration;
    }

    public GpuConfiguration configuration() {
        return configuration;
    }

    public GpuLimits limits() {
        return configuration.limits();
    }

    public Faults faults() {
        return faults;
    }

    /** What instrumented kernels found. */
    public Findings findings() {
        return findings;
    }

    /** For the dispatches of an encoder, if kernels are instrumented. */
    public Optional<CheckSession> newCheckSession() {
        return configuration.instrumentation().isOn() ? Optional.of(new CheckSession(findings)) : Optional.empty();
    }

    /** What a fault does to other command buffers. */
    public Recovery recovery() {
        return recovery;
    }

    /** Bytes that buffers and heaps take now. */
    public long allocatedBytes() {
        return allocated.get();
    }

    /** Takes memory from the budget; false when there is not enough, or a test wants the allocation to fail. */
    boolean reserve(long bytes) {
        if (faults.isRemoved() || faults.takeAllocationFailure()) {
            return false;
        }
        long taken = allocated.addAndGet(bytes);
        if (taken > limits().memory()) {
            allocated.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void unreserve(long bytes) {
        allocated.addAndGet(-bytes);
    }

    void map(GpuMemory memory) {
        byAddress.put(memory.segment().address(), memory);
    }

    void unmap(GpuMemory memory) {
        byAddress.remove(memory.segment().address(), memory);
    }

    /** The live memory whose bytes include an address, or end there. */
    public Optional<GpuMemory> find(long address) {
        var entry = byAddress.floorEntry(address);
        if (entry == null) {
            return Optional.empty();
        }
        MemorySegment segment = entry.getValue().segment();
        return address - segment.address() <= segment.byteSize() ? Optional.of(entry.getValue()) : Optional.empty();
    }
}
