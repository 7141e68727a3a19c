package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One kernel's, or the host's, end of a {@link K2KBroker}: it sends in the kernel's name and receives what is sent to
 * it.
 *
 * <p><b>Lifetime.</b> From {@link K2KBroker#register} to {@link #close()}, {@link #closeAndDrain()} or
 * {@link K2KBroker#takeOver}. Afterwards every method but {@code close} throws {@link IllegalStateException}, and so do
 * receives that waited then.
 *
 * <p><b>Threads.</b> Any number may send and receive. A message goes to one of the receivers.
 */
public final class K2KEndpoint implements AutoCloseable {
    private final K2KBroker broker;
    private final Mailbox mailbox;

    K2KEndpoint(K2KBroker broker, Mailbox mailbox) {
        this.broker = broker;
        this.mailbox = mailbox;
    }

    /** The kernel that this endpoint stands for. */
    public KernelId id() {
        return mailbox.id();
    }

    /** The latest hybrid logical time that this endpoint sent or received at. */
    public HlcTimestamp now() {
        return mailbox.clock().now();
    }

    /**
     * Sends a message with the priority that its header tells. Never blocks.
     *
     * @return pending if the message was accepted, or why it was not
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public DeliveryReceipt send(KernelId destination, MessageEnvelope envelope) {
        return send(destination, envelope, envelope.header().priority());
    }

    /**
     * Sends a message with a priority of its own. Never blocks.
     *
     * @return pending if the message was accepted, or why it was not
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public DeliveryReceipt send(KernelId destination, MessageEnvelope envelope, Priority priority) {
        Objects.requireNonNull(priority, "priority");
        mailbox.checkOwner(this);
        return broker.send(mailbox, destination, envelope, priority);
    }

    /**
     * Sends a message that waits for room where {@link #send} would find a queue full, until the delivery timeout has
     * passed. Messages of the same priority that are sent there meanwhile do not overtake it. Never blocks.
     *
     * @return the receipt, once the message was accepted or refused; its dependents run on the broker's executor.
     *     Cancelling it, or letting it time out, while the message waits refuses the message.
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public CompletableFuture<DeliveryReceipt> sendWhenRoom(KernelId destination, MessageEnvelope envelope) {
        mailbox.checkOwner(this);
        return broker.sendWhenRoom(mailbox, destination, envelope);
    }

    /**
     * Sends a message to every other endpoint that is registered now. Never blocks.
     *
     * @return a receipt for each
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public List<DeliveryReceipt> broadcast(MessageEnvelope envelope) {
        mailbox.checkOwner(this);
        return broker.sendToAll(mailbox, broker.registered(), envelope);
    }

    /**
     * Sends a message to every other member of a group. Never blocks.
     *
     * @return a receipt for each, none if the group does not exist
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public List<DeliveryReceipt> multicast(String group, MessageEnvelope envelope) {
        mailbox.checkOwner(this);
        return broker.sendToAll(mailbox, broker.members(group), envelope);
    }

    /**
     * Passes a received message on towards its destination, over one more hop; source, id and priority stay. Never
     * blocks.
     *
     * @return pending if the message was accepted, or why it was not
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public DeliveryReceipt forward(K2KMessage message) {
        mailbox.checkOwner(this);
        return broker.forward(mailbox, message);
    }

    /**
     * The most urgent message that waits. Never blocks.
     *
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public Optional<K2KMessage> tryReceive() {
        mailbox.checkOwner(this);
        return Optional.ofNullable(mailbox.poll());
    }

    /**
     * Takes up to {@code limit} messages that wait, most urgent first. Never blocks.
     *
     * @param sink gets each message; if it throws, messages that it did not get stay where they are
     * @return how many
     * @throws IllegalArgumentException if {@code limit} is negative
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public int receiveUpTo(int limit, Consumer<? super K2KMessage> sink) {
        Objects.requireNonNull(sink, "sink");
        if (limit < 0) {
            throw new IllegalArgumentException("limit negative: " + limit);
        }
        mailbox.checkOwner(this);
        for (int count = 0; count < limit; count++) {
            var message = mailbox.poll();
            if (message == null) {
                return count;
            }
            sink.accept(message);
        }
        return limit;
    }

    /**
     * The most urgent message; waits until there is one.
     *
     * @throws InterruptedException if the thread is interrupted; no message is lost then
     * @throws IllegalStateException if this endpoint is or becomes closed, or is taken over
     */
    public K2KMessage receive() throws InterruptedException {
        return mailbox.await(this, Long.MAX_VALUE);
    }

    /**
     * The most urgent message; waits until there is one or the time is up.
     *
     * @param timeout zero or less does not wait; 292 years and more are for ever
     * @throws InterruptedException if the thread is interrupted; no message is lost then
     * @throws IllegalStateException if this endpoint is or becomes closed, or is taken over
     */
    public Optional<K2KMessage> receive(Duration timeout) throws InterruptedException {
        long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout)); // which does not overflow
        return Optional.ofNullable(mailbox.await(this, nanos));
    }

    /**
     * A future for the next message. Futures get messages in the order in which they were asked for. Its dependents run
     * on the broker's executor. Cancelling it, or letting it time out, loses no message: the next receiver gets it.
     *
     * @throws IllegalStateException if this endpoint is closed or was taken over; if that happens later, the future
     *     fails with it
     */
    public CompletableFuture<K2KMessage> receiveAsync() {
        mailbox.checkOwner(this);
        var future = mailbox.future();
        if (!mailbox.isOwnedBy(this)) {
            future.completeExceptionally(new IllegalStateException("endpoint is closed or was taken over: " + id()));
        }
        return future;
    }

    /** How many messages wait here, of all priorities. */
    public int pendingCount() {
        return mailbox.pending();
    }

    /**
     * Has {@code listener} called after each message that arrives, and at once if one waits already.
     *
     * @param listener called on the sender's thread; it must not block; what it throws is logged
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public void onArrival(Runnable listener) {
        mailbox.checkOwner(this);
        mailbox.arrivalListener(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Hands messages that wait here over to this endpoint's receiver, for as long as it has room.
     *
     * @throws IllegalStateException if this endpoint has no receiver
     */
    public void handOver() {
        if (mailbox.handOver() == null) {
            throw new IllegalStateException("endpoint has no receiver: " + id());
        }
        mailbox.handOver().move();
    }

    /**
     * Enters a group; leaving happens by {@link #leave} or with the end of the registration.
     *
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public void join(String group) {
        mailbox.checkOwner(this);
        broker.join(group, mailbox);
    }

    /** Leaves a group; nothing happens if it is no member. */
    public void leave(String group) {
        broker.leave(group, id());
    }

    /**
     * Ends the registration and fails what waits here: receipts tell {@link DeliveryStatus#CLOSED}, and the dead-letter
     * handler gets the messages. Does nothing if this endpoint is closed or was taken over.
     */
    @Override
    public void close() {
        if (mailbox.isOwnedBy(this)) {
            broker.unregister(mailbox);
            mailbox.close();
        }
    }

    /**
     * Ends the registration and hands out what waits here, most urgent first. A message that a sender is putting in at
     * this moment may fail as in {@link #close()}.
     *
     * @throws IllegalStateException if this endpoint is closed or was taken over
     */
    public List<K2KMessage> closeAndDrain() {
        mailbox.checkOwner(this);
        broker.unregister(mailbox);
        return mailbox.closeAndDrain();
    }

    @Override
    public String toString() {
        return "K2KEndpoint[" + id() + ", pending " + pendingCount() + "]";
    }
}
