package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLHeapDescriptor_setResourceOptions;
import io.ringkernel.metal.bindings.MTLHeapDescriptor_setSize;
import io.ringkernel.metal.bindings.MTLHeapDescriptor_setType;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;

/**
 * What a heap is to be ({@code MTLHeapDescriptor}). Immutable: each {@code with} method gives a changed copy.
 *
 * @param byteSize the number of bytes; the driver may round it up
 * @param options how its memory is kept, and that of every resource in it; a heap does not track hazards by default
 * @param hasPlacement whether the caller says where in the heap each resource lies
 */
public record MetalHeapDescriptor(long byteSize, MetalResourceOptions options, boolean hasPlacement) {
    private static final Message SET_SIZE = Message.of(MTLHeapDescriptor_setSize.class);
    private static final Message SET_OPTIONS = Message.of(MTLHeapDescriptor_setResourceOptions.class);
    private static final Message SET_TYPE = Message.of(MTLHeapDescriptor_setType.class);

    /**
     * All properties.
     *
     * @throws IllegalArgumentException if the size is below 1, or the storage managed
     */
    public MetalHeapDescriptor {
        if (byteSize < 1) {
            throw new IllegalArgumentException("byteSize is below 1: " + byteSize);
        }
        if (options.storageMode() == MetalStorageMode.MANAGED) {
            throw new IllegalArgumentException("a heap is shared or private, not managed");
        }
    }

    /** A heap that finds the place of each resource itself. */
    public static MetalHeapDescriptor of(long byteSize, MetalStorageMode mode) {
        return new MetalHeapDescriptor(byteSize, MetalResourceOptions.of(mode), false);
    }

    /**
     * A copy whose resources are placed by the caller, and may share memory: {@link MetalHeap#newBuffer(long, long)}.
     */
    public MetalHeapDescriptor withPlacement() {
        return new MetalHeapDescriptor(byteSize, options, true);
    }

    /** A copy with another hazard tracking. */
    public MetalHeapDescriptor withHazardTracking(MetalHazardTracking tracking) {
        return new MetalHeapDescriptor(byteSize, options.withHazardTracking(tracking), hasPlacement);
    }

    /** A copy with another CPU cache mode. */
    public MetalHeapDescriptor withCpuCacheMode(MetalCpuCacheMode mode) {
        return new MetalHeapDescriptor(byteSize, options.withCpuCacheMode(mode), hasPlacement);
    }

    /** An {@code MTLHeapDescriptor}, which the caller closes. Inside a pool. */
    Retained toObject(ObjectiveC objc) {
        var made = NSObject.make(objc, "MTLHeapDescriptor");
        var size = objc.bind(SET_SIZE);
        MTLHeapDescriptor_setSize.invoke(size.function(), made.id(), size.selector(), byteSize);
        var setOptions = objc.bind(SET_OPTIONS);
        MTLHeapDescriptor_setResourceOptions.invoke(
                setOptions.function(), made.id(), setOptions.selector(), options.bits());
        var type = objc.bind(SET_TYPE);
        MTLHeapDescriptor_setType.invoke(
                type.function(),
                made.id(),
                type.selector(),
                hasPlacement ? Mtl.MTLHeapTypePlacement() : Mtl.MTLHeapTypeAutomatic());
        return made;
    }
}
