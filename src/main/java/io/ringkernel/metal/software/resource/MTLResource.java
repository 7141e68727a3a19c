package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** Memory that commands use, on its own or in a heap. */
public abstract class MTLResource extends LabeledObject {
    private final ResourceOptions options;
    private final Strong<MTLHeap> heap;
    private final long heapOffset;
    private long purgeableState = Mtl.MTLPurgeableStateNonVolatile();
    private boolean aliasable;

    /** A resource at an offset of a heap, or outside of any heap when that is null. */
    protected MTLResource(Origin origin, ResourceOptions options, MTLHeap heap, long heapOffset) {
        super(origin);
        this.options = options;
        this.heap = new Strong<>(heap);
        this.heapOffset = heapOffset;
    }

    protected final ResourceOptions options() {
        return options;
    }

    @Selector("storageMode")
    long storageMode() {
        return options.storageMode();
    }

    @Selector("cpuCacheMode")
    long cpuCacheMode() {
        return options.cacheMode();
    }

    @Selector("hazardTrackingMode")
    long hazardTrackingMode() {
        if (options.hazardTracking() != Mtl.MTLHazardTrackingModeDefault()) {
            return options.hazardTracking();
        }
        return heap.get() == null ? Mtl.MTLHazardTrackingModeTracked() : Mtl.MTLHazardTrackingModeUntracked();
    }

    @Selector("resourceOptions")
    long resourceOptions() {
        return options.bits();
    }

    @Selector("setPurgeableState:")
    long setPurgeableState(long state) {
        require(
                state >= Mtl.MTLPurgeableStateKeepCurrent() && state <= Mtl.MTLPurgeableStateEmpty(),
                ViolationKind.BAD_ARGUMENT,
                "not a purgeable state: %d",
                state);
        long before = purgeableState;
        if (state != Mtl.MTLPurgeableStateKeepCurrent()) {
            purgeableState = state;
        }
        return before;
    }

    @Selector("heap")
    public MTLHeap heap() {
        return heap.get();
    }

    @Selector("heapOffset")
    long heapOffset() {
        return heapOffset;
    }

    /** Whether the resource holds the part of its heap, and gives it back when it dies. */
    protected boolean ownsHeapPart() {
        return true;
    }

    /** Whether CPU and GPU have a copy each, which {@link #synchronizeForCpu()} makes equal. */
    public abstract boolean isManaged();

    /** What a blit's {@code synchronizeResource:} does: the CPU's copy becomes the GPU's. */
    public abstract void synchronizeForCpu();

    @Selector("allocatedSize")
    protected abstract long allocatedSize();

    @Selector("makeAliasable")
    void makeAliasable() {
        require(heap.get() != null, ViolationKind.BAD_ARGUMENT, "only a resource of a heap can alias: %s", this);
        if (!aliasable) {
            aliasable = true;
            heap.get().release(heapOffset);
        }
    }

    @Selector("isAliasable")
    boolean isAliasable() {
        return aliasable;
    }

    @Override
    protected void dealloc() {
        if (heap.get() != null && !aliasable && ownsHeapPart()) {
            heap.get().release(heapOffset);
        }
        heap.clear();
        super.dealloc();
    }
}
