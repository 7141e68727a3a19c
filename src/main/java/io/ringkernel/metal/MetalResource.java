package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLResource_allocatedSize;
import io.ringkernel.metal.bindings.MTLResource_label;
import io.ringkernel.metal.bindings.MTLResource_setLabel;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.Retained;

/** Memory that commands work on ({@code MTLResource}): a buffer or a texture. */
public abstract sealed class MetalResource extends MetalObject permits MetalBuffer, MetalTexture {
    private static final Message LABEL = Message.of(MTLResource_label.class);
    private static final Message SET_LABEL = Message.of(MTLResource_setLabel.class);
    private static final Message ALLOCATED_SIZE = Message.of(MTLResource_allocatedSize.class);

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
