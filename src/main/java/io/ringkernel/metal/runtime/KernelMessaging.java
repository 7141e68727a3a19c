package io.ringkernel.metal.runtime;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.k2k.DeliveryStatus;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.k2k.K2KMessage;
import io.ringkernel.metal.wire.KernelId;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;

/** The broker of one runtime, in which every launched kernel that uses K2K is registered, and its dead letters. */
final class KernelMessaging implements AutoCloseable {
    private final K2KBroker broker;
    private final HlcClock clock;
    private final Observer observer;
    private final LongFunction<MetalKernel> kernels;

    /**
     * A broker on the host's clock.
     *
     * @param kernels the launched kernel with a number, or null
     */
    KernelMessaging(
            K2KConfig config, HlcClock clock, Executor executor, Observer observer, LongFunction<MetalKernel> kernels) {
        this.clock = clock;
        this.observer = observer;
        this.kernels = kernels;
        broker = K2KBroker.builder()
                .config(config)
                .clock(clock)
                .executor(executor)
                .deadLetters(this::undelivered)
                .build();
    }

    K2KBroker broker() {
        return broker;
    }

    /**
     * Registers a kernel, if it uses K2K.
     *
     * @throws IllegalStateException if its id is taken
     */
    void register(MetalKernel kernel) {
        if (kernel.options().usesK2K()) {
            kernel.use(new KernelEndpoint(kernel, broker, observer));
        }
    }

    private void undelivered(K2KMessage message, DeliveryStatus why) {
        var sender = kernels.apply(message.source().number());
        if (sender != null) {
            sender.counters().dropped.increment();
        }
        if (why != DeliveryStatus.REFUSED) { // that one was told by the kernel, which knows the cause
            observer.deadLetter(letter(message, why));
        }
    }

    private DeadLetter letter(K2KMessage message, DeliveryStatus why) {
        var envelope = message.envelope();
        var header = envelope.header();
        var target = message.destination();
        boolean isExpired = why == DeliveryStatus.TIMEOUT && header.isExpiredAt(clock.tick());
        var reason = isExpired ? DeadLetter.Reason.EXPIRED : DeadLetter.Reason.UNDELIVERABLE;
        var cause = isExpired
                ? new RingKernelException.DeadlineExceeded(target, header.messageId())
                : cause(broker, target, why);
        return new DeadLetter(message.source(), envelope, reason, Optional.ofNullable(cause));
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
    public void close() {
        broker.close();
    }
}
