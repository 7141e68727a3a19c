package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;

/** What a sender asks for: these bytes from there to there, this urgent. */
record Passage(KernelId source, KernelId destination, MessageEnvelope envelope, Priority priority) {
    /** A receipt for it, sent at a time on a way. */
    DeliveryReceipt receipt(HlcTimestamp sentAt, Way way) {
        return new DeliveryReceipt(this, sentAt, way);
    }

    boolean hasDeadline() {
        return !envelope.header().deadline().isZero();
    }
}
