package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageId;
import io.ringkernel.metal.wire.Priority;
import java.util.List;

/** A message as an endpoint receives it: the sender's envelope, unchanged, and how it got here. */
public final class K2KMessage {
    /** A time of the broker's timer that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    private final DeliveryReceipt receipt;
    private final MessageEnvelope envelope;
    private final HlcTimestamp receivedAt;

    K2KMessage(DeliveryReceipt receipt, MessageEnvelope envelope, HlcTimestamp receivedAt) {
        this.receipt = receipt;
        this.envelope = envelope;
        this.receivedAt = receivedAt;
    }

    /**
     * One step of a message on its way.
     *
     * @param from the kernel that sent or forwarded the message, or whose route it followed
     * @param at when it did
     */
    public record Hop(KernelId from, HlcTimestamp at) {}

    /** What the sender sent. */
    public MessageEnvelope envelope() {
        return envelope;
    }

    /** The message's id. */
    public MessageId messageId() {
        return receipt.messageId();
    }

    /** Who sent it. */
    public KernelId source() {
        return receipt.source();
    }

    /** Whom it is for; another one than the receiver if a route leads through the receiver, who may forward it. */
    public KernelId destination() {
        return receipt.destination();
    }

    /** The priority that it was queued with. */
    public Priority priority() {
        return receipt.priority();
    }

    /** How many hops it took so far. */
    public int hops() {
        return receipt.hops();
    }

    /** When it was sent, or last forwarded, by the sending endpoint's clock. */
    public HlcTimestamp sentAt() {
        return receipt.sentAt();
    }

    /**
     * When it was received, by the receiving endpoint's clock; after {@link #sentAt()}. The order of events is what it
     * tells; its physical part is that of the latest of sending, and of what the endpoint did before.
     */
    public HlcTimestamp receivedAt() {
        return receivedAt;
    }

    /** The receipt that its sender, or who forwarded it, holds. */
    public DeliveryReceipt receipt() {
        return receipt;
    }

    /** The hops so far, oldest first; empty unless the broker's configuration asks for traces. */
    public List<Hop> trace() {
        return receipt.trace();
    }

    @Override
    public String toString() {
        return "K2KMessage[" + receipt + ", " + priority() + "]";
    }
}
