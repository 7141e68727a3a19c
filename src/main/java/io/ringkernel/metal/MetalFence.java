package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_newFence;
import io.ringkernel.metal.bindings.MTLFence_label;
import io.ringkernel.metal.bindings.MTLFence_setLabel;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.Retained;

/**
 * Orders encoders of one queue by hand ({@code MTLFence}), for resources whose hazards Metal does not track: one
 * encoder updates the fence, a later one waits for it.
 */
public final class MetalFence extends MetalObject {
    private static final Message NEW_FENCE = Message.of(MTLDevice_newFence.class);
    private static final Message LABEL = Message.of(MTLFence_label.class);
    private static final Message SET_LABEL = Message.of(MTLFence_setLabel.class);

    private MetalFence(Retained retained) {
        super(retained);
    }

    static MetalFence make(MetalDevice device) {
        return new MetalFence(device.sendForObject(NEW_FENCE, MTLDevice_newFence::invoke));
    }

    /** The name in tools and messages; empty at first. */
    public String label() {
        return sendForString(LABEL, MTLFence_label::invoke);
    }

    /** Names the fence in tools and messages. */
    public void setLabel(String label) {
        sendString(SET_LABEL, MTLFence_setLabel::invoke, label);
    }
}
