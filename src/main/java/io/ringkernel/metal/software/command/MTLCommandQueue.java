package io.ringkernel.metal.software.command;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.resource.MTLResidencySet;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Runs command buffers in the order in which they were enqueued or committed; knows only so many at a time. */
public final class MTLCommandQueue extends LabeledObject {
    /** Metal's own default. */
    public static final long DEFAULT_MAX_COMMAND_BUFFERS = 64;

    private final QueueDriver driver = new QueueDriver();
    private final InlineBytes.Pages pages = new InlineBytes.Pages();
    private final Semaphore slots;
    // Guarded by itself.
    private final Set<MTLResidencySet> residencySets = new LinkedHashSet<>(0);
    private final Strong<MTLLogState> logState = new Strong<>();

    public MTLCommandQueue(Origin origin, long maxCommandBufferCount) {
        super(origin);
        require(
                maxCommandBufferCount >= 1 && maxCommandBufferCount <= Integer.MAX_VALUE,
                ViolationKind.BAD_ARGUMENT,
                "maxCommandBufferCount not in 1..%d: %s",
                Integer.MAX_VALUE,
                Long.toUnsignedString(maxCommandBufferCount));
        this.slots = new Semaphore((int) maxCommandBufferCount);
    }

    /** A queue as described. */
    public static MTLCommandQueue create(Origin origin, MTLCommandQueueDescriptor descriptor) {
        var queue = new MTLCommandQueue(origin, descriptor.maxCommandBufferCount());
        queue.logState.set(descriptor.logState());
        return queue;
    }

    QueueDriver driver() {
        return driver;
    }

    InlineBytes.Pages pages() {
        return pages;
    }

    /** Another command buffer may be made: one completed, or died. */
    void freeSlot() {
        slots.release();
    }

    @Selector("commandBuffer")
    MTLCommandBuffer commandBuffer() {
        return newCommandBuffer(true, Mtl.MTLCommandBufferErrorOptionNone(), null);
    }

    @Selector("commandBufferWithUnretainedReferences")
    MTLCommandBuffer commandBufferWithUnretainedReferences() {
        return newCommandBuffer(false, Mtl.MTLCommandBufferErrorOptionNone(), null);
    }

    @Selector("commandBufferWithDescriptor:")
    MTLCommandBuffer commandBufferWithDescriptor(MTLCommandBufferDescriptor descriptor) {
        return newCommandBuffer(descriptor.retainedReferences(), descriptor.errorOptions(), descriptor.logState());
    }

    /** Waits for a slot, as Metal does. */
    private MTLCommandBuffer newCommandBuffer(boolean retainsReferences, long errorOptions, MTLLogState ownLog) {
        slots.acquireUninterruptibly();
        return runtime()
                .autorelease(new MTLCommandBuffer(
                        this, retainsReferences, errorOptions, ownLog == null ? logState.get() : ownLog));
    }

    @Selector("addResidencySet:")
    void addResidencySet(MTLResidencySet set) {
        requireSameDevice(set);
        synchronized (residencySets) {
            if (residencySets.add(set)) {
                set.retain();
            }
        }
    }

    @Selector("removeResidencySet:")
    void removeResidencySet(MTLResidencySet set) {
        boolean isRemoved;
        synchronized (residencySets) {
            isRemoved = residencySets.remove(set);
        }
        if (isRemoved) {
            set.release();
        }
    }

    /** The sets whose members every kernel reaches that is committed now. */
    List<MTLResidencySet> residencySets() {
        synchronized (residencySets) {
            return List.copyOf(residencySets);
        }
    }

    @Selector("insertDebugCaptureBoundary")
    void insertDebugCaptureBoundary() {
        // There is no capture.
    }

    @Override
    protected void dealloc() {
        driver.end();
        residencySets().forEach(this::removeResidencySet);
        logState.clear();
        super.dealloc();
    }
}
