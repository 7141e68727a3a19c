package io.ringkernel.metal.runtime;

import io.ringkernel.metal.hlc.ClockSkewException;
import io.ringkernel.metal.k2k.DeliveryReceipt;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.k2k.K2KEndpoint;
import io.ringkernel.metal.k2k.K2KMessage;
import io.ringkernel.metal.k2k.K2KReceiver;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One kernel's end of its runtime's broker: takes messages into the kernel's queue, and sends what the kernel made. */
final class KernelEndpoint implements K2KReceiver, AutoCloseable {
    private final MetalKernel kernel;
    private final K2KBroker broker;
    private final Observer observer;
    private final K2KEndpoint endpoint;

    /**
     * Registers a kernel.
     *
     * @throws IllegalStateException if its id is taken
     */
    KernelEndpoint(MetalKernel kernel, K2KBroker broker, Observer observer) {
        this.kernel = kernel;
        this.broker = broker;
        this.observer = observer;
        endpoint = broker.register(kernel.id(), this);
    }

    K2KBroker broker() {
        return broker;
    }

    @Override
    public boolean reserve() {
        // A kernel that is not active refuses messages, for which no room is needed.
        return kernel.sendQueue().reserve(kernel.lifecycle().state() != KernelState.ACTIVE);
    }

    @Override
    public void release() {
        kernel.releasePlace();
    }

    @Override
    public boolean take(K2KMessage message) {
        var envelope = message.envelope();
        var header = envelope.header();
        boolean hasItsPriority = header.priority() == message.priority();
        try {
            kernel.admission().check(header);
            checkSource(message);
            kernel.sendQueue()
                    .offerReserved(
                            hasItsPriority ? envelope : envelope.withHeader(header.withPriority(message.priority())));
            kernel.admission().wakeFor(null);
            return true;
        } catch (RingKernelException | ClockSkewException | IllegalArgumentException e) {
            kernel.releasePlace();
            var letter = new DeadLetter(message.source(), envelope, DeadLetter.Reason.UNDELIVERABLE, Optional.of(e));
            observer.deadLetter(letter);
            return false;
        }
    }

    /** A kernel may send to itself; a message that only says so would have replies to it circulate for ever. */
    private void checkSource(K2KMessage message) {
        if (!message.source().equals(kernel.id())) {
            kernel.admission().checkSource(message.envelope().header());
        }
    }

    /** Sends what the kernel made; complete once it was accepted or refused, see {@link K2KEndpoint#sendWhenRoom}. */
    CompletableFuture<DeliveryReceipt> send(KernelId destination, MessageEnvelope message) {
        return endpoint.sendWhenRoom(destination, message);
    }

    /** Called when the kernel's queue has got room, or the kernel has ceased to take messages. */
    void roomAppeared() {
        endpoint.handOver();
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
