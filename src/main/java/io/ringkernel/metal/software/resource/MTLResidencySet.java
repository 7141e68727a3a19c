package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.gpu.DeviceObject;
import io.ringkernel.metal.software.gpu.GpuMemory;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Resources and heaps that kernels reach by address. What is added and removed counts once it is committed. */
public final class MTLResidencySet extends DeviceObject {
    // Guarded by itself; each object in it is retained once.
    private final Set<DeviceObject> members = new LinkedHashSet<>();
    // Retained once more each.
    private volatile List<DeviceObject> committed = List.of();

    private MTLResidencySet(Origin origin, String label) {
        super(origin);
        assignLabel(label);
    }

    /** A set as described. */
    public static MTLResidencySet create(Origin origin, MTLResidencySetDescriptor descriptor) {
        return new MTLResidencySet(origin, descriptor.label());
    }

    /** Whether memory, found at an address, is in the set and committed. */
    public boolean holds(GpuMemory memory, long address) {
        return committed.stream().anyMatch(each -> switch (each) {
            case MTLBuffer buffer -> buffer.gpuMemory().equals(memory);
            case MTLHeap heap -> heap.contains(address);
            default -> false;
        });
    }

    @Selector("addAllocations:count:")
    void addAllocations(MemorySegment allocations, long count) {
        for (var each : allocations(allocations, count)) {
            synchronized (members) {
                if (members.add(each)) {
                    each.retain();
                }
            }
        }
    }

    @Selector("removeAllocations:count:")
    void removeAllocations(MemorySegment allocations, long count) {
        allocations(allocations, count).forEach(this::remove);
    }

    private void remove(DeviceObject each) {
        boolean isRemoved;
        synchronized (members) {
            isRemoved = members.remove(each);
        }
        if (isRemoved) {
            each.release();
        }
    }

    private List<DeviceObject> allocations(MemorySegment array, long count) {
        var objects = ObjectRuntime.objects(DeviceObject.class, array, count);
        for (var each : objects) {
            require(each != null, ViolationKind.NIL_ARGUMENT, "nil among %d allocations", count);
            require(
                    each instanceof MTLResource || each instanceof MTLHeap,
                    ViolationKind.WRONG_CLASS,
                    "neither a resource nor a heap: %s",
                    each);
            requireSameDevice(each);
        }
        return objects;
    }

    @Selector("removeAllAllocations")
    void removeAllAllocations() {
        snapshot().forEach(this::remove);
    }

    private List<DeviceObject> snapshot() {
        synchronized (members) {
            return List.copyOf(members);
        }
    }

    @Selector("containsAllocation:")
    boolean containsAllocation(DeviceObject allocation) {
        return snapshot().contains(allocation);
    }

    @Selector("allocationCount")
    long allocationCount() {
        return snapshot().size();
    }

    @Selector("allocatedSize")
    long allocatedSize() {
        return committed.stream()
                .mapToLong(each -> each instanceof MTLHeap heap ? heap.size() : ((MTLResource) each).allocatedSize())
                .sum();
    }

    @Selector("commit")
    void commit() {
        var before = committed;
        var next = snapshot();
        next.forEach(DeviceObject::retain);
        committed = next;
        before.forEach(DeviceObject::release);
    }

    @Selector("requestResidency")
    void requestResidency() {
        // Memory of the software device is where it is.
    }

    @Selector("endResidency")
    void endResidency() {
        // As above.
    }

    @Override
    protected void dealloc() {
        snapshot().forEach(this::remove);
        committed.forEach(DeviceObject::release);
        super.dealloc();
    }
}
