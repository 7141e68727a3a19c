package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a sender gets for a message, whatever becomes of it.
 *
 * <p><b>Lifetime.</b> A receipt is live: {@link #status()} follows the message until the status is final. It holds no
 * payload. The broker keeps the latest receipts for those who have only the message's id, see
 * {@link K2KBroker#receipt(MessageId)}.
 */
public final class DeliveryReceipt {
    private static final VarHandle STATUS;

    static {
        try {
            STATUS = MethodHandles.lookup().findVarHandle(DeliveryReceipt.class, "status", DeliveryStatus.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MessageId messageId;
    private final KernelId source;
    private final KernelId destination;
    private final HlcTimestamp sentAt;
    private final int hops;

    private DeliveryStatus status;

    DeliveryReceipt(
            MessageId messageId,
            KernelId source,
            KernelId destination,
            HlcTimestamp sentAt,
            int hops,
            DeliveryStatus status) {
        this.messageId = messageId;
        this.source = source;
        this.destination = destination;
        this.sentAt = sentAt;
        this.hops = hops;
        this.status = status;
    }

    /** The message. */
    public MessageId messageId() {
        return messageId;
    }

    /** Who sent it. */
    public KernelId source() {
        return source;
    }

    /** Whom it is for, which need not be the endpoint that it was queued for: see {@link K2KBroker#addRoute}. */
    public KernelId destination() {
        return destination;
    }

    /** When it was sent, or last forwarded, by the sending endpoint's clock. */
    public HlcTimestamp sentAt() {
        return sentAt;
    }

    /** How many hops it took so far; 1 when the destination itself was registered. */
    public int hops() {
        return hops;
    }

    /** What became of the message by now. */
    public DeliveryStatus status() {
        return (DeliveryStatus) STATUS.getAcquire(this);
    }

    /** Called once by whoever took the message out of its queue, or could not put it there. */
    void settle(DeliveryStatus outcome) {
        STATUS.setRelease(this, outcome);
    }

    @Override
    public String toString() {
        return messageId + " " + source + " -> " + destination + ": " + status();
    }
}
