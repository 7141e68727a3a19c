package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.k2k.DeliveryStatus;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.k2k.K2KMessage;
import io.ringkernel.metal.runtime.DeadLetter;
import io.ringkernel.metal.runtime.RingKernelException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The broker of one runtime, in which every launched kernel that uses K2K is registered, and its dead letters. */
final class BrokerMessaging implements KernelMessaging {
    private final K2KBroker broker;
    private final HlcClock clock;
    private final Observer observer;

    /** What the registered kernels count, by their numbers. */
    private final ConcurrentHashMap<Long, KernelCounters> senders = new ConcurrentHashMap<>();

    /** A broker on the host's clock. */
    BrokerMessaging(K2KConfig config, HlcClock clock, Executor executor, Observer observer) {
        this.clock = clock;
        this.observer = observer;
        broker = K2KBroker.builder()
                .config(config)
                .clock(clock)
                .executor(executor)
                .deadLetters(this::undelivered)
                .build();
    }

    @Override
    public K2KBroker broker() {
        return broker;
    }

    @Override
    public KernelEndpoint endpoint(KernelCore kernel) {
        if (!kernel.options().usesK2K()) {
            return new KernelEndpoint.None();
        }
        return new BrokerEndpoint(kernel, broker, observer, senders);
    }

    @Override
    public void checkRoutes() {}

    private void undelivered(K2KMessage message, DeliveryStatus why) {
        var sender = senders.get(message.source().number());
        if (sender != null) {
            sender.dropped.increment();
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
                : BrokerEndpoint.cause(broker, target, why);
        return new DeadLetter(message.source(), envelope, reason, Optional.ofNullable(cause));
    }

    @Override
    public void close() {
        broker.close();
    }
}
