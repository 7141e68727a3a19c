package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLResource_allocatedSize;
import io.ringkernel.metal.bindings.MTLResource_hazardTrackingMode;
import io.ringkernel.metal.bindings.MTLResource_heap;
import io.ringkernel.metal.bindings.MTLResource_heapOffset;
import io.ringkernel.metal.bindings.MTLResource_isAliasable;
import io.ringkernel.metal.bindings.MTLResource_label;
import io.ringkernel.metal.bindings.MTLResource_makeAliasable;
import io.ringkernel.metal.bindings.MTLResource_setLabel;
import io.ringkernel.metal.bindings.MTLResource_setPurgeableState;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;

/** Memory that commands work on ({@code MTLResource}): a buffer, commands, a texture or a table of functions. */
public abstract sealed class MetalResource extends MetalObject
        permits MetalBuffer, MetalFunctionTable, MetalIndirectCommandBuffer, MetalTexture {
    private static final Message LABEL = Message.of(MTLResource_label.class);
    private static final Message SET_LABEL = Message.of(MTLResource_setLabel.class);
    private static final Message ALLOCATED_SIZE = Message.of(MTLResource_allocatedSize.class);

    private static final Message HAZARD_TRACKING = Message.of(MTLResource_hazardTrackingMode.class);
    private static final Message SET_PURGEABLE = Message.of(MTLResource_setPurgeableState.class);
    private static final Message HEAP = Message.of(MTLResource_heap.class);
    private static final Message HEAP_OFFSET = Message.of(MTLResource_heapOffset.class);
    private static final Message MAKE_ALIASABLE = Message.of(MTLResource_makeAliasable.class);
    private static final Message IS_ALIASABLE = Message.of(MTLResource_isAliasable.class);

    private final MetalDevice device;
    private final MetalStorageMode storageMode;

    MetalResource(Retained retained, MetalDevice device, MetalStorageMode storageMode) {
        super(retained);
        this.device = device;
        this.storageMode = storageMode;
    }

    /** The device that can use this; it may be closed before it. */
    public final MetalDevice device() {
        return device;
    }

    /** Where the content lives; never changes. */
    public final MetalStorageMode storageMode() {
        return storageMode;
    }

    /** Who keeps commands that use this in order. */
    public final MetalHazardTracking hazardTracking() {
        return MetalHazardTracking.of(sendForLong(HAZARD_TRACKING, MTLResource_hazardTrackingMode::invoke));
    }

    /**
     * Says whether the system may take the memory away; gives what was said before. Whoever makes it non-volatile again
     * and gets {@link MetalPurgeableState#EMPTY} has lost the content.
     */
    public final MetalPurgeableState setPurgeableState(MetalPurgeableState state) {
        var send = objc().bind(SET_PURGEABLE);
        try (var receiver = receiver()) {
            return MetalPurgeableState.of(MTLResource_setPurgeableState.invoke(
                    send.function(), receiver.id(), send.selector(), state.code()));
        }
    }

    /**
     * Lets later resources of the heap take this one's memory. Cannot be taken back.
     *
     * @throws IllegalStateException if this is not in a heap
     */
    public final void makeAliasable() {
        try (var receiver = receiver()) {
            if (ObjectiveC.isNil(receiver.lent(HEAP, MTLResource_heap::invoke))) {
                throw new IllegalStateException("not in a heap: " + this);
            }
        }
        send(MAKE_ALIASABLE, MTLResource_makeAliasable::invoke);
    }

    /** Whether {@link #makeAliasable()} was called. */
    public final boolean isAliasable() {
        return sendForBoolean(IS_ALIASABLE, MTLResource_isAliasable::invoke);
    }

    /** Where this lies in its heap, in bytes; 0 outside of heaps. */
    public final long heapOffset() {
        return sendForLong(HEAP_OFFSET, MTLResource_heapOffset::invoke);
    }

    /** Bytes that the driver has taken for this; at least as many as the content has. */
    public final long allocatedSize() {
        return sendForLong(ALLOCATED_SIZE, MTLResource_allocatedSize::invoke);
    }

    /** The name in tools and messages; empty at first. */
    public final String label() {
        return sendForString(LABEL, MTLResource_label::invoke);
    }

    /** Names it in tools and messages. */
    public final void setLabel(String label) {
        sendString(SET_LABEL, MTLResource_setLabel::invoke, label);
    }
}
