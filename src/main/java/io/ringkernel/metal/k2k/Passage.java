package io.ringkernel.metal.k2k;

import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;

/** What a sender asks for: these bytes from there to there, this urgent. */
record Passage(KernelId source, KernelId destination, MessageEnvelope envelope, Priority priority) {
    boolean hasDeadline() {
        return !envelope.header().deadline().isZero();
    }
}
