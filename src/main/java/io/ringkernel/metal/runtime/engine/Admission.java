package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.hlc.ClockSkewException;
import io.ringkernel.metal.runtime.KernelState;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageCodec;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Takes messages into one kernel's queue: at once, or when there is room, or not at all, with the reason. */
final class Admission {
    private final KernelId id;
    private final LaunchOptions options;
    private final MessageTypes types;
    private final RuntimeContext context;
    private final Lifecycle lifecycle;
    private final SendQueue queue;
    private final Waker waker;

    Admission(KernelCore kernel, MessageTypes types, RuntimeContext context, Waker waker) {
        this.id = kernel.id();
        this.options = kernel.options();
        this.types = types;
        this.context = context;
        this.lifecycle = kernel.lifecycle();
        this.queue = kernel.sendQueue();
        this.waker = waker;
    }

    /**
     * Accepts a message, at once or when there is room.
     *
     * @param codec what the message was encoded with; null if that is not known
     * @param call who waits for the reply, or null
     * @return complete, unless it waits
     * @throws IllegalArgumentException if the message says that the kernel sent it itself
     */
    CompletableFuture<Void> accept(
            MessageEnvelope message, MessageCodec<?> codec, PendingFuture<MessageEnvelope> call) {
        try {
            checkFromHost(message.header(), codec);
            if (!queue.offer(message, call)) {
                return await(new SendQueue.Waiting(queue, List.of(message), call));
            }
        } catch (RingKernelException | ClockSkewException e) {
            return CompletableFuture.failedFuture(e);
        }
        wakeFor(call);
        return CompletableFuture.completedFuture(null);
    }

    /** A message was accepted, for a call or without (null). */
    void wakeFor(PendingFuture<MessageEnvelope> call) {
        if (call == null) {
            waker.wake();
        } else {
            waker.wakeAndHelp();
        }
    }

    /**
     * Accepts messages, each at once or when there is room; complete when all were accepted.
     *
     * @throws IllegalArgumentException if one of them says that the kernel sent it itself
     */
    CompletableFuture<Void> acceptAll(List<MessageEnvelope> messages) {
        List<MessageEnvelope> left;
        try {
            messages.forEach(message -> checkFromHost(message.header(), null));
            left = queue.offerAll(messages);
            waker.wake();
        } catch (RingKernelException | ClockSkewException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (left.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        // Each priority waits in a line of its own.
        var senders =
                left.stream()
                        .collect(Collectors.groupingBy(
                                message -> message.header().priority()))
                        .values()
                        .stream()
                        .map(line -> new SendQueue.Waiting(queue, line, null))
                        .toList();
        int atOnce = messages.size() - left.size();
        return DerivedFuture.ofAll(
                senders.stream().map(this::await).toList(),
                failure -> failure instanceof RingKernelException.QueueFull full
                        ? full.after(atOnce + queue.acceptedOf(senders), messages.size())
                        : failure);
    }

    /** Waits for room for messages of one priority, or fails at once without patience. */
    private CompletableFuture<Void> await(SendQueue.Waiting sender) {
        if (options.patience().isZero()) {
            queue.countRefused(sender.size());
            return CompletableFuture.failedFuture(queueFull(Duration.ZERO));
        }
        // Armed before the sender is in line: one that cannot time out must not have its message accepted later.
        sender.failAfter(context.alarms(), options.patience(), context.executor(), () -> queueFull(options.patience()));
        try {
            var accepted = queue.await(sender);
            accepted.forEach(other -> other.settle(other == sender ? Runnable::run : context.executor(), null));
            // Even if nobody's last message was accepted, first ones may have been, after the kernel went to rest.
            wakeFor(accepted.contains(sender) ? sender.call() : null);
            return sender;
        } catch (SendQueue.LineFullException e) {
            sender.claim();
            return CompletableFuture.failedFuture(queueFull(Duration.ZERO));
        } catch (RingKernelException e) {
            sender.claim();
            return CompletableFuture.failedFuture(e);
        }
    }

    private RingKernelException queueFull(Duration waited) {
        return new RingKernelException.QueueFull(id, options.inputCapacity(), waited);
    }

    /** Gives back a place in the queue that was set aside for a message of another kernel. */
    void releasePlace() {
        queue.release().forEach(sender -> sender.settle(context.executor(), null));
        waker.wake();
    }

    private void checkFromHost(MessageHeader header, MessageCodec<?> codec) {
        check(header);
        checkSource(header);
        types.check(id, header, codec);
    }

    /**
     * Refuses a message that says that the kernel sent it: a reply would come back to the kernel, and the reply to
     * that.
     *
     * @throws IllegalArgumentException if it says so
     */
    void checkSource(MessageHeader header) {
        if (header.sourceKernel() == id.number()) {
            throw new IllegalArgumentException(
                    "sourceKernel is the receiver, kernel '" + id + "', which did not send it: " + header.messageId());
        }
    }

    /**
     * Checks a message that is to be accepted, and has the host's clock follow it.
     *
     * @throws RingKernelException if the kernel does not take it
     * @throws ClockSkewException if its timestamp is from too far in the future
     */
    void check(MessageHeader header) {
        if (lifecycle.state() != KernelState.ACTIVE) {
            throw lifecycle.refusal();
        }
        if (header.payloadSize() > options.maxPayloadBytes()) {
            throw new RingKernelException.PayloadTooLarge(id, options.maxPayloadBytes(), header.payloadSize());
        }
        var clock = context.clock();
        if (header.timestamp().isAfter(clock.now())) {
            clock.update(header.timestamp());
        }
        if (!header.deadline().isZero() && header.isExpiredAt(clock.tick())) {
            throw new RingKernelException.DeadlineExceeded(id, header.messageId());
        }
    }
}
