package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.MessageEnvelope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Replies that nobody has received yet, first in, first out, and receivers that wait for some. Never both at once.
 *
 * <p>A reply is given to a receiver under the lock, so that the order of replies is the order of receives. A receiver
 * that gave up before is passed over. The bound is kept by the dispatcher, which reserves room before it dispatches.
 */
final class ReceiveQueue {
    /** A reply and the receiver that it was given to. */
    record Handover(PendingFuture<MessageEnvelope> receiver, MessageEnvelope message) {}

    private final ArrayDeque<MessageEnvelope> messages = new ArrayDeque<>();
    private final ArrayDeque<PendingFuture<MessageEnvelope>> receivers = new ArrayDeque<>();
    private RingKernelException closedBy;
    private long received;

    /** Adds replies; the handovers are to be shown to their receivers outside of any lock. */
    synchronized List<Handover> deliver(List<MessageEnvelope> replies) {
        if (receivers.isEmpty()) {
            messages.addAll(replies);
            return List.of();
        }
        var handovers = new ArrayList<Handover>();
        for (var reply : replies) {
            var receiver = nextReceiver();
            if (receiver == null) {
                messages.addLast(reply);
            } else {
                handovers.add(new Handover(receiver, reply));
                received++;
            }
        }
        return handovers;
    }

    private PendingFuture<MessageEnvelope> nextReceiver() {
        while (true) {
            var receiver = receivers.pollFirst();
            if (receiver == null || receiver.claim()) {
                return receiver;
            }
        }
    }

    /**
     * The next reply, or null; those whose deadline passed are put aside.
     *
     * @param now asked only if a reply has a deadline
     */
    synchronized MessageEnvelope poll(Supplier<HlcTimestamp> now, List<MessageEnvelope> expired) {
        while (true) {
            var message = messages.pollFirst();
            if (message == null || message.header().deadline().isZero()) {
                received += message == null ? 0 : 1;
                return message;
            }
            if (!message.header().isExpiredAt(now.get())) {
                received++;
                return message;
            }
            expired.add(message);
        }
    }

    /**
     * Puts a receiver in line, unless there is a reply.
     *
     * @return whether it waits; if not, there is a reply to {@link #poll}
     * @throws RingKernelException if the queue was closed and is empty
     */
    synchronized boolean await(PendingFuture<MessageEnvelope> receiver) {
        if (!messages.isEmpty()) {
            return false;
        }
        if (closedBy != null) {
            throw closedBy;
        }
        receivers.addLast(receiver);
        return true;
    }

    /** Takes a receiver that gave up out of the line. */
    synchronized void leave(PendingFuture<MessageEnvelope> receiver) {
        receivers.remove(receiver);
    }

    /**
     * Lets nobody wait from now on; what is there can still be received.
     *
     * @return the receivers that waited, claimed; they are to be told
     */
    synchronized List<PendingFuture<MessageEnvelope>> close(RingKernelException reason) {
        closedBy = reason;
        var told = receivers.stream().filter(PendingFuture::claim).toList();
        receivers.clear();
        return told;
    }

    synchronized int size() {
        return messages.size();
    }

    synchronized long received() {
        return received;
    }
}
