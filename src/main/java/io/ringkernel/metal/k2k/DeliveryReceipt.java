package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageId;
import io.ringkernel.metal.wire.Priority;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * What a sender gets for a message, whatever becomes of it.
 *
 * <p><b>Lifetime.</b> A receipt is live: {@link #status()} follows the message until the status is final. It holds no
 * payload after that. The broker keeps the latest receipts for those who have only the message's id, see
 * {@link K2KBroker#receipt(MessageId)}.
 */
public final class DeliveryReceipt {
    private static final DeliveryStatus[] STATUSES = DeliveryStatus.values();

    /** Bits of a timestamp's counter: as many as a {@link io.ringkernel.metal.hlc.HlcClock} uses. */
    private static final int LOGICAL_BITS = 12;

    private static final long LOGICAL_MASK = (1L << LOGICAL_BITS) - 1;
    private static final VarHandle STATUS;

    static {
        try {
            STATUS = MethodHandles.lookup().findVarHandle(DeliveryReceipt.class, "status", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MessageId messageId;
    private final KernelId source;
    private final KernelId destination;
    private final Priority priority;
    private final Transit transit;

    /** Microseconds and, in the lower bits, counter: as an object it would be made for every message. */
    private final long sent;

    private final long sentNode;

    /** The message's place in the order of its queue: with it the receipt tells whether it is the one looked for. */
    private long position;

    /**
     * The message while it waits: its receipt is what stands in the queue. Null once it was taken out; touched only by
     * the thread that puts the receipt in, and then by the one that takes it out.
     */
    private MessageEnvelope envelope;

    /** Number of the {@link DeliveryStatus}. */
    private int status;

    /** A receipt that is pending. */
    DeliveryReceipt(SendRequest request, HlcTimestamp sentAt, Transit transit) {
        envelope = request.envelope();
        messageId = envelope.header().messageId();
        source = request.source();
        destination = request.destination();
        priority = request.priority();
        this.transit = transit;
        sent = sentAt.physicalMicros() << LOGICAL_BITS | sentAt.logical();
        sentNode = sentAt.nodeId();
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
        return new HlcTimestamp(sent >>> LOGICAL_BITS, sent & LOGICAL_MASK, sentNode);
    }

    /** How many hops it took so far; 1 when the destination itself was registered. */
    public int hops() {
        return transit.hops();
    }

    /** What became of the message by now. */
    public DeliveryStatus status() {
        return STATUSES[(int) STATUS.getAcquire(this)];
    }

    Priority priority() {
        return priority;
    }

    List<K2KMessage.Hop> trace() {
        return transit.trace();
    }

    long expiresAt() {
        return transit.expiresAt();
    }

    /** The position in the ring that the message was put into. */
    long position() {
        return position;
    }

    /** The message got its position; before others see it in the ring. */
    void queuedAt(long at) {
        position = at;
    }

    /** Whether the message, which waits, has a deadline that is not after {@code now}. */
    boolean isExpiredAt(HlcTimestamp now) {
        return envelope.header().isExpiredAt(now);
    }

    /**
     * The message, for whoever took the receipt out of its queue.
     *
     * @param receivedAt {@link HlcTimestamp#ZERO} if nobody received it
     */
    K2KMessage message(HlcTimestamp receivedAt) {
        return new K2KMessage(this, envelope, receivedAt);
    }

    /** Ends the message's wait. Called once, by whoever took the receipt out of its queue or could not put it there. */
    void settle(DeliveryStatus outcome) {
        envelope = null;
        STATUS.setRelease(this, outcome.ordinal());
    }

    @Override
    public String toString() {
        return messageId + " " + source + " -> " + destination + ": " + status();
    }
}
