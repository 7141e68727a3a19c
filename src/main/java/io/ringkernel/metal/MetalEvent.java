package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_newEvent;
import io.ringkernel.metal.bindings.MTLEvent_label;
import io.ringkernel.metal.bindings.MTLEvent_setLabel;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.Retained;

/**
 * Orders command buffers of one device, also between queues ({@code MTLEvent}): one signals a value, others wait until
 * the value is reached. See {@link MetalCommandBuffer#signal} and {@link MetalCommandBuffer#waitFor}.
 */
public sealed class MetalEvent extends MetalObject permits MetalSharedEvent {
    private static final Message NEW_EVENT = Message.of(MTLDevice_newEvent.class);
    private static final Message LABEL = Message.of(MTLEvent_label.class);
    private static final Message SET_LABEL = Message.of(MTLEvent_setLabel.class);

    MetalEvent(Retained retained) {
        super(retained);
    }

    static MetalEvent make(MetalDevice device) {
        return new MetalEvent(device.sendForObject(NEW_EVENT, MTLDevice_newEvent::invoke));
    }

    /** The name in tools and messages; empty at first. */
    public final String label() {
        return sendForString(LABEL, MTLEvent_label::invoke);
    }

    /** Names the event in tools and messages. */
    public final void setLabel(String label) {
        sendString(SET_LABEL, MTLEvent_setLabel::invoke, label);
    }
}
