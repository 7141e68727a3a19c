package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.hlc.ClockSkewException;
import io.ringkernel.metal.k2k.DeliveryReceipt;
import io.ringkernel.metal.k2k.DeliveryStatus;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.k2k.K2KEndpoint;
import io.ringkernel.metal.k2k.K2KMessage;
import io.ringkernel.metal.k2k.K2KReceiver;
import io.ringkernel.metal.runtime.DeadLetter;
import io.ringkernel.metal.runtime.KernelState;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import java.util.Map;
import java.util.Optional;

/** One kernel's end of its runtime's broker: takes messages into the kernel's queue, and sends what the kernel made. */
final class BrokerEndpoint implements KernelEndpoint, K2KReceiver {
    private final KernelCore kernel;
    private final K2KBroker broker;
    private final Observer observer;
    private final Map<Long, KernelCounters> senders;

    /** Set by {@link #open}; before the kernel becomes active. */
    private volatile Admission inbox;

    private volatile K2KEndpoint endpoint;

    /**
     * An endpoint that nobody can send to yet.
     *
     * @param senders has the counters of every kernel with an open endpoint
     */
    BrokerEndpoint(KernelCore kernel, K2KBroker broker, Observer observer, Map<Long, KernelCounters> senders) {
        this.kernel = kernel;
        this.broker = broker;
        this.observer = observer;
        this.senders = senders;
    }

    @Override
    public boolean open(Admission admission) {
        inbox = admission;
        try {
            endpoint = broker.register(kernel.id(), this);
            senders.put(kernel.id().number(), kernel.counters());
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    public boolean reserve() {
        // A kernel that is not active refuses messages, for which no room is needed.
        return kernel.sendQueue().reserve(kernel.lifecycle().state() != KernelState.ACTIVE);
    }

    @Override
    public void release() {
        inbox.releasePlace();
    }

    @Override
    public boolean take(K2KMessage message) {
        var envelope = message.envelope();
        var header = envelope.header();
        boolean hasItsPriority = header.priority() == message.priority();
        try {
            inbox.check(header);
            checkSource(message);
            kernel.sendQueue()
                    .offerReserved(
                            hasItsPriority ? envelope : envelope.withHeader(header.withPriority(message.priority())));
            inbox.wakeFor(null);
            return true;
        } catch (RingKernelException | ClockSkewException | IllegalArgumentException e) {
            inbox.releasePlace();
            var letter = new DeadLetter(message.source(), envelope, DeadLetter.Reason.UNDELIVERABLE, Optional.of(e));
            observer.deadLetter(letter);
            return false;
        }
    }

    /** A kernel may send to itself; a message that only says so would have replies to it circulate for ever. */
    private void checkSource(K2KMessage message) {
        if (!message.source().equals(kernel.id())) {
            inbox.checkSource(message.envelope().header());
        }
    }

    @Override
    public void send(MessageEnvelope message, Sender sender) {
        var target = broker.idOf(message.header().destKernel());
        var sent = endpoint.sendWhenRoom(target, message);
        if (sent.isDone()) {
            sent(message, sent.join(), sender);
            return;
        }
        // A kernel that waited for room in its own queue would wait for itself.
        boolean blocks = !target.equals(kernel.id());
        if (blocks) {
            sender.blocked();
        }
        sent.thenAccept(receipt -> {
            sent(message, receipt, sender);
            if (blocks) {
                sender.unblocked();
            }
        });
    }

    private void sent(MessageEnvelope message, DeliveryReceipt receipt, Sender sender) {
        var status = receipt.status();
        if (!status.isAccepted()) {
            sender.undeliverable(message, cause(broker, receipt.destination(), status));
        }
    }

    /** Why a message could not be delivered to a kernel; null if there is nothing more to say than that. */
    static RingKernelException cause(K2KBroker broker, KernelId target, DeliveryStatus why) {
        var config = broker.config();
        return switch (why) {
            case QUEUE_FULL, TIMEOUT ->
                new RingKernelException.QueueFull(target, config.maxPendingMessages(), config.deliveryTimeout());
            case CLOSED -> new RingKernelException.KernelTerminated(target);
            default -> null;
        };
    }

    @Override
    public void roomAppeared() {
        var opened = endpoint;
        if (opened != null) {
            opened.handOver();
        }
    }

    @Override
    public void close() {
        var opened = endpoint;
        if (opened != null) {
            opened.close();
            senders.remove(kernel.id().number(), kernel.counters());
        }
    }
}
