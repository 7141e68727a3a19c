package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;

/** What a sender asks for: these bytes from there to there, this urgent. */
record SendRequest(KernelId source, KernelId destination, MessageEnvelope envelope, Priority priority) {
    /** A receipt for it, sent at a time. */
    DeliveryReceipt receipt(HlcTimestamp sentAt, Transit transit) {
        return new DeliveryReceipt(this, sentAt, transit);
    }

    boolean hasDeadline() {
        return !envelope.header().deadline().isZero();
    }
}
