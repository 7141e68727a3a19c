package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an endpoint receives into: the queues, those who wait for a message or for room, and the watch over timeouts.
 *
 * <p>A message that was queued leaves once: received, handed over, timed out, or failed by a close. Senders take a lock
 * only when somebody waits, receivers only to wait.
 */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    /** Looks into an empty mailbox before a receiver parks: about as long as parking and waking takes. */
    private static final int SPINS_BEFORE_PARK = 200;

    private final KernelId id;
    private final HlcClock clock;
    private final MailboxContext context;
    private final PriorityRings rings;
    private final DeliveryWatch watch;
    private final WaitingReceivers line = new WaitingReceivers();
    private final WaitingSenders room;

    /** Hands messages over as they come; null if they wait until somebody asks for them. */
    private final HandOver handOver;

    private volatile boolean isClosed;
    private volatile K2KEndpoint owner;
    private volatile Runnable arrivalListener;

    /**
     * An empty mailbox.
     *
     * @param receiver gets the messages as they come; null if they wait until somebody asks for them
     */
    Mailbox(KernelId id, HlcClock clock, MailboxContext context, K2KReceiver receiver) {
        this.id = id;
        this.clock = clock;
        this.context = context;
        rings = new PriorityRings(context.config(), context.firstPosition());
        room = new WaitingSenders(rings, context, this::queued);
        watch = new DeliveryWatch(rings, context, room::roomAppeared);
        handOver = receiver == null ? null : new HandOver(receiver, this, context);
    }

    KernelId id() {
        return id;
    }

    HlcClock clock() {
        return clock;
    }

    PriorityRings rings() {
        return rings;
    }

    int pending() {
        return rings.size();
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Gives the mailbox, with all that waits in it, to another endpoint; receivers of the former one fail. */
    void owner(K2KEndpoint next) {
        owner = next;
        line.fail(new IllegalStateException("endpoint was taken over: " + id), context.executor());
    }

    void checkOwner(K2KEndpoint endpoint) {
        if (isClosed) {
            throw new IllegalStateException("endpoint is closed: " + id);
        }
        if (owner != endpoint) {
            throw new IllegalStateException("endpoint was taken over: " + id);
        }
    }

    boolean isOwnedBy(K2KEndpoint endpoint) {
        return !isClosed && owner == endpoint;
    }

    void arrivalListener(Runnable listener) {
        arrivalListener = listener;
        if (pending() > 0) {
            listener.run();
        }
    }

    /** What hands messages over to the receiver; null if they wait until somebody asks for them. */
    HandOver handOver() {
        return handOver;
    }

    /** Queues a message, and settles its receipt if that is not possible; gives the receipt. */
    DeliveryReceipt offer(DeliveryReceipt message) {
        if (isClosed) {
            context.refuse(message, DeliveryStatus.NOT_FOUND);
        } else if (isQueued(message)) {
            queued(message);
        } else {
            context.refuse(message, DeliveryStatus.QUEUE_FULL);
        }
        return message;
    }

    /**
     * Queues a message, or has it wait for room.
     *
     * @return complete once the message is queued or refused
     */
    CompletableFuture<DeliveryReceipt> offerWhenRoom(DeliveryReceipt message) {
        if (isClosed) {
            context.refuse(message, DeliveryStatus.NOT_FOUND);
        } else if (isQueued(message)) {
            queued(message);
        } else {
            var waiting = room.await(message);
            if (isClosed) {
                room.close();
            }
            return waiting;
        }
        return CompletableFuture.completedFuture(message);
    }

    private boolean isQueued(DeliveryReceipt message) {
        return !room.isWaiting(message.priority()) && rings.offer(message);
    }

    /** Tells everybody concerned that a message was queued. */
    private void queued(DeliveryReceipt message) {
        // ORDER: the message's place is claimed, by a volatile compare-and-set, before line, alarm and isClosed are
        // read, volatile too. Pairs with those who write theirs before they look for claimed places (a receiver in
        // line, the watch's alarm, a close): one of the two sees the other.
        if (!line.isEmpty()) {
            serveLine();
        }
        if (handOver != null) {
            handOver.move();
        }
        if (handOver == null || pending() > 0) {
            watch.queued(message);
        }
        if (isClosed) {
            deadLetterRest();
        }
        var listener = arrivalListener;
        if (listener != null) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("arrival listener of {} failed", id, e);
            }
        }
    }

    /** Takes the most urgent message that is not past its deadline; null if none waits. */
    K2KMessage poll() {
        var message = poll(this::deadLetterLate);
        room.roomAppeared();
        return message;
    }

    /** As {@link #poll()}, but the receipt stays pending. */
    K2KMessage take() {
        var message = take(this::deadLetterLate);
        room.roomAppeared();
        return message;
    }

    /** As {@link #poll()}; what is past its deadline goes to {@code late}. */
    private K2KMessage poll(Consumer<DeliveryReceipt> late) {
        var message = take(late);
        if (message != null) {
            message.receipt().settle(DeliveryStatus.DELIVERED);
        }
        return message;
    }

    private K2KMessage take(Consumer<DeliveryReceipt> late) {
        var waiting = rings.poll();
        while (waiting != null) {
            var message = inTime(waiting);
            if (message != null) {
                return message;
            }
            late.accept(waiting);
            waiting = rings.poll();
        }
        return null;
    }

    /** The message that was taken out of the queue; null if it is past its deadline. */
    private K2KMessage inTime(DeliveryReceipt waiting) {
        HlcTimestamp now;
        if (waiting.expiresAt() == K2KMessage.NEVER) {
            now = clock.follow(waiting.sentAt());
        } else {
            now = clock.update(waiting.sentAt());
            if (waiting.isExpiredAt(now)) {
                return null;
            }
        }
        return waiting.message(now);
    }

    private void deadLetterLate(DeliveryReceipt waiting) {
        context.deadLetter(waiting, DeliveryStatus.TIMEOUT);
    }

    /**
     * Waits for a message.
     *
     * @param nanos how long; {@link Long#MAX_VALUE} for as long as it takes
     * @return null if the time is up
     */
    K2KMessage await(K2KEndpoint endpoint, long nanos) throws InterruptedException {
        var early = pollInTime(endpoint);
        for (int spin = 0; early == null && spin < SPINS_BEFORE_PARK && nanos > 0; spin++) {
            Thread.onSpinWait();
            early = rings.isReady() ? pollInTime(endpoint) : null;
        }
        if (early != null || nanos <= 0) {
            return early;
        }
        long start = System.nanoTime();
        boolean isInTime = true;
        K2KMessage message = null;
        while (message == null && isInTime) {
            var waiter = new WaitingReceivers.WaitingThread();
            line.add(waiter);
            try {
                message = pollInTime(endpoint);
                isInTime = message != null || waiter.park(start, nanos);
            } finally {
                leave(waiter);
            }
            message = message == null ? pollInTime(endpoint) : message;
        }
        return message;
    }

    private K2KMessage pollInTime(K2KEndpoint endpoint) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        checkOwner(endpoint);
        return poll();
    }

    /** Takes a thread out of the line, and passes on the signal that it may have got but may not need. */
    private void leave(WaitingReceivers.WaitingThread waiter) {
        if (!line.withdraw(waiter) && !line.isEmpty() && pending() > 0) {
            serveLine();
        }
    }

    /** A future for the next message; complete already if one waits and nobody is before it in line. */
    CompletableFuture<K2KMessage> future() {
        var message = line.isEmpty() ? poll() : null;
        if (message != null) {
            return CompletableFuture.completedFuture(message);
        }
        var future = new ReceiveFuture(line);
        line.add(future);
        serveLine();
        return future;
    }

    private void serveLine() {
        line.serve(this::poll, this::deadLetterLate, context.executor());
        room.roomAppeared();
    }

    /** Refuses messages from now on and fails what waits. */
    void close() {
        deadLetterRest();
        line.fail(new IllegalStateException("endpoint is closed: " + id), context.executor());
    }

    /** Refuses messages from now on and gives out what waits, most urgent first. */
    List<K2KMessage> closeAndDrain() {
        var rest = takeRest();
        line.fail(new IllegalStateException("endpoint is closed: " + id), context.executor());
        var drained = new ArrayList<K2KMessage>();
        for (var waiting : rest) {
            var message = inTime(waiting);
            if (message == null) {
                deadLetterLate(waiting);
            } else {
                message.receipt().settle(DeliveryStatus.DELIVERED);
                drained.add(message);
            }
        }
        return drained;
    }

    /** Also called by a sender that finds the mailbox closed after it queued a message. */
    private void deadLetterRest() {
        takeRest().forEach(waiting -> context.deadLetter(waiting, DeliveryStatus.CLOSED));
    }

    /**
     * Closes the mailbox and empties it in one go, so that of a close and of the senders that notice it only the first
     * gets what waited before. Hands the receipts over to the store.
     */
    private synchronized List<DeliveryReceipt> takeRest() {
        // ORDER: closed before the queues are emptied; pairs with the claim in offer
        isClosed = true;
        var rest = new ArrayList<DeliveryReceipt>();
        for (var waiting = rings.poll(); waiting != null; waiting = rings.poll()) {
            rest.add(waiting);
        }
        context.receipts().retire(rings);
        room.close();
        return rest;
    }
}
