package io.ringkernel.metal.k2k;

import static java.util.function.Function.identity;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageId;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Carries messages between kernels, and between kernels and the host.
 *
 * <pre>{@code
 * try (var broker = K2KBroker.create(K2KConfig.defaults())) {
 *     var a = broker.register(KernelId.of("a"));
 *     var b = broker.register(KernelId.of("b"));
 *     DeliveryReceipt receipt = a.send(b.id(), envelope);   // PENDING
 *     K2KMessage message = b.receive();                     // receipt: DELIVERED
 * }
 * }</pre>
 *
 * <p><b>Promise.</b> That of the package: nothing lost once accepted, no duplicates, first in first out per sender and
 * priority, strict priorities, bounded queues, a receipt for every outcome.
 *
 * <p><b>Routes.</b> A message goes to its destination if that is registered. Otherwise the route for the destination
 * names the next hop; if that is not registered either, its own route, and so on. The first registered hop gets the
 * message, and may {@linkplain K2KEndpoint#forward forward} it. Every step counts as a hop, so that a circle ends at
 * {@link K2KConfig#maxHops()}.
 *
 * <p><b>Clocks.</b> Each endpoint has a hybrid logical clock, whose node is the kernel's number. It ticks at every hop
 * that a message takes, and follows the sender's timestamp at every message received. On the system's clock, messages
 * without a deadline may share readings of it when many are sent: then their timestamps' physical part is up to about a
 * millisecond behind. A broker may also work with {@linkplain Builder#clock one clock for all}.
 *
 * <p><b>Receivers.</b> An endpoint's messages wait until somebody asks for them, or go straight to a
 * {@link K2KReceiver}, as those for a kernel do.
 */
public final class K2KBroker implements AutoCloseable {
    /** Clocks of one process cannot disagree by more than their wall clock jumps; none of them is to refuse another. */
    private static final Duration MAX_DRIFT = Duration.ofDays(365);

    private final MailboxContext context;
    private final HlcClock sharedClock;
    private final LongAdder forwarded = new LongAdder();
    private final Router router;
    private final ConcurrentHashMap<KernelId, Mailbox> mailboxes;
    private final ConcurrentHashMap<String, Set<KernelId>> groups = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    private K2KBroker(Builder builder, long firstPosition) {
        var timer = new DeliveryTimer();
        boolean isSystemClock = builder.wallMicros == null;
        sharedClock = builder.sharedClock;
        context = new MailboxContext(
                builder.config,
                firstPosition,
                timer,
                new WallClock(isSystemClock ? HlcClock::systemMicros : builder.wallMicros, timer, isSystemClock),
                builder.executor,
                builder.deadLetters,
                new ReceiptStore(builder.config.receiptCapacity()),
                new MailboxContext.Failures());
        router = new Router(context, sharedClock == null);
        mailboxes = router.mailboxes();
    }

    /** A broker with the given limits, on the system's clock, that lets dead letters go. */
    public static K2KBroker create(K2KConfig config) {
        return builder().config(config).build();
    }

    /** Starts a broker with {@link K2KConfig#defaults()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Chooses what a broker works with; not for use by several threads. */
    public static final class Builder {
        private K2KConfig config = K2KConfig.defaults();
        private LongSupplier wallMicros;
        private HlcClock sharedClock;
        private Executor executor = ForkJoinPool.commonPool();
        private DeadLetterHandler deadLetters = (message, why) -> {};

        private Builder() {}

        /** The limits. */
        public Builder config(K2KConfig limits) {
            config = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * The wall clock, in microseconds since the epoch, that the endpoints' clocks read, for every message; any
         * thread calls it. Unless chosen it is the system's.
         */
        public Builder wallClock(LongSupplier micros) {
            wallMicros = Objects.requireNonNull(micros, "micros");
            return this;
        }

        /**
         * One clock for all endpoints, whose node their timestamps have then, in place of one for each endpoint. It
         * reads its own wall clock, for every message.
         */
        public Builder clock(HlcClock shared) {
            sharedClock = Objects.requireNonNull(shared, "shared");
            return this;
        }

        /** Where futures complete and their dependents run; the common pool unless chosen. */
        public Builder executor(Executor completions) {
            executor = Objects.requireNonNull(completions, "completions");
            return this;
        }

        /** Who is told of messages that were accepted but not received. */
        public Builder deadLetters(DeadLetterHandler handler) {
            deadLetters = Objects.requireNonNull(handler, "handler");
            return this;
        }

        /** The broker. */
        public K2KBroker build() {
            return startingAt(0);
        }

        /** A broker whose queues count from another number than 0. */
        K2KBroker startingAt(long firstPosition) {
            return new K2KBroker(this, firstPosition);
        }
    }

    /** The limits. */
    public K2KConfig config() {
        return context.config();
    }

    /**
     * Registers a kernel.
     *
     * @throws IllegalStateException if the id is taken, see {@link #takeOver}, or this broker is closed
     */
    public K2KEndpoint register(KernelId id) {
        return registered(id, null);
    }

    /**
     * Registers a kernel that gets its messages as they come. Its endpoint's receive methods compete with the receiver;
     * nobody can take it over.
     *
     * @throws IllegalStateException if the id is taken, or this broker is closed
     */
    public K2KEndpoint register(KernelId id, K2KReceiver receiver) {
        return registered(id, Objects.requireNonNull(receiver, "receiver"));
    }

    private K2KEndpoint registered(KernelId id, K2KReceiver receiver) {
        checkOpen();
        var clock = sharedClock != null
                ? sharedClock
                : HlcClock.of(id.number(), MAX_DRIFT, context.wallClock()::exactMicros);
        var mailbox = new Mailbox(id, clock, context, receiver);
        var endpoint = new K2KEndpoint(this, mailbox);
        mailbox.owner(endpoint);
        if (mailboxes.putIfAbsent(id, mailbox) != null) {
            throw new IllegalStateException("kernel id is taken: " + id);
        }
        context.receipts().add(mailbox.rings());
        if (isClosed) {
            endpoint.close();
            checkOpen();
        }
        return endpoint;
    }

    /**
     * Registers a kernel in place of its present endpoint: the new endpoint gets everything that waits, in order, and
     * the clock; the former one ends. A kernel that is not registered is registered.
     *
     * @throws IllegalStateException if this broker is closed, or the kernel was registered with a receiver
     */
    public K2KEndpoint takeOver(KernelId id) {
        checkOpen();
        for (var mailbox = mailboxes.get(id); mailbox != null; mailbox = mailboxes.get(id)) {
            if (mailbox.handOver() != null) {
                throw new IllegalStateException("endpoint has a receiver: " + id);
            }
            var endpoint = new K2KEndpoint(this, mailbox);
            mailbox.owner(endpoint);
            if (!mailbox.isClosed()) {
                return endpoint;
            }
            mailboxes.remove(id, mailbox);
        }
        return register(id);
    }

    private void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("broker is closed");
        }
    }

    /** Whether a kernel is registered now. */
    public boolean isRegistered(KernelId id) {
        return mailboxes.containsKey(id);
    }

    /** The id of the kernel with a number: with its name, if it is registered now. */
    public KernelId idOf(long number) {
        var id = KernelId.ofNumber(number);
        var mailbox = mailboxes.get(id);
        return mailbox == null ? id : mailbox.id();
    }

    /** The kernels that are registered now. */
    public Set<KernelId> registered() {
        return Set.copyOf(mailboxes.keySet());
    }

    /**
     * Sends what is for {@code destination}, while it is not registered, to {@code nextHop}; replaces a former route.
     */
    public void addRoute(KernelId destination, KernelId nextHop) {
        router.routes().put(destination, Objects.requireNonNull(nextHop, "nextHop"));
    }

    /** Removes the route for a destination; false if there was none. */
    public boolean removeRoute(KernelId destination) {
        return router.routes().remove(destination) != null;
    }

    /** The routes now: from destination to next hop. */
    public Map<KernelId, KernelId> routes() {
        return Map.copyOf(router.routes());
    }

    /** The members of a group now; none if it does not exist. */
    public Set<KernelId> members(String group) {
        return Set.copyOf(groups.getOrDefault(group, Set.of()));
    }

    /**
     * The latest receipt for a message, if it is still kept: each of the last {@link K2KConfig#receiptCapacity()} is.
     * Looks through all of them.
     */
    public Optional<DeliveryReceipt> receipt(MessageId id) {
        var found = receipts(id);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
    }

    /**
     * All receipts for a message that are still kept, oldest first: several after a broadcast, or if it was forwarded.
     */
    public List<DeliveryReceipt> receipts(MessageId id) {
        return context.receipts().find(Objects.requireNonNull(id, "id"));
    }

    /** Counts up to now. */
    public K2KStats stats() {
        var failures = context.failures();
        long pending = 0;
        for (var mailbox : mailboxes.values()) {
            pending += mailbox.pending();
        }
        long notFound = failures.notFound().sum();
        long queueFull = failures.queueFull().sum();
        long maxHopsExceeded = failures.maxHopsExceeded().sum();
        long timedOut = failures.timedOut().sum();
        long closed = failures.closed().sum();
        long refused = failures.refused().sum();
        long accepted = context.receipts().accepted();
        return new K2KStats(
                mailboxes.size(),
                accepted + notFound + queueFull + maxHopsExceeded,
                accepted,
                accepted - pending - timedOut - closed - refused,
                pending,
                forwarded.sum(),
                notFound,
                queueFull,
                maxHopsExceeded,
                timedOut,
                closed,
                refused);
    }

    /** Closes every endpoint, which fails what waits, and registers none any more. Idempotent. */
    @Override
    public void close() {
        isClosed = true;
        for (var mailbox : mailboxes.values()) {
            unregister(mailbox);
            mailbox.close();
        }
        context.timer().close();
    }

    void unregister(Mailbox mailbox) {
        mailboxes.remove(mailbox.id(), mailbox);
        groups.keySet().forEach(group -> leave(group, mailbox.id()));
    }

    /**
     * Has a kernel enter a group, as {@link K2KEndpoint#join} does for one whose endpoint is at hand.
     *
     * @throws IllegalStateException if it is not registered
     */
    public void join(String group, KernelId member) {
        var mailbox = mailboxes.get(member);
        if (mailbox == null) {
            throw new IllegalStateException("kernel is not registered: " + member);
        }
        join(group, mailbox);
    }

    void join(String group, Mailbox member) {
        groups.compute(Objects.requireNonNull(group, "group"), (name, members) -> {
            var joined = members == null ? ConcurrentHashMap.<KernelId>newKeySet() : members;
            joined.add(member.id());
            return joined;
        });
        if (mailboxes.get(member.id()) != member) {
            leave(group, member.id());
        }
    }

    /** Has a kernel leave a group; nothing happens if it is no member. */
    public void leave(String group, KernelId member) {
        groups.computeIfPresent(group, (name, members) -> {
            members.remove(member);
            return members.isEmpty() ? null : members;
        });
    }

    DeliveryReceipt send(Mailbox from, KernelId destination, MessageEnvelope envelope, Priority priority) {
        return router.send(
                from, new SendRequest(from.id(), destination, envelope, priority), Mailbox::offer, identity());
    }

    CompletableFuture<DeliveryReceipt> sendWhenRoom(Mailbox from, KernelId destination, MessageEnvelope envelope) {
        var request = new SendRequest(
                from.id(), destination, envelope, envelope.header().priority());
        return router.send(from, request, Mailbox::offerWhenRoom, CompletableFuture::completedFuture);
    }

    List<DeliveryReceipt> sendToAll(Mailbox from, Set<KernelId> destinations, MessageEnvelope envelope) {
        var sent = new ArrayList<DeliveryReceipt>();
        for (var destination : destinations) {
            if (!destination.equals(from.id())) {
                sent.add(send(from, destination, envelope, envelope.header().priority()));
            }
        }
        return sent;
    }

    DeliveryReceipt forward(Mailbox from, K2KMessage message) {
        forwarded.increment();
        var request = new SendRequest(message.source(), message.destination(), message.envelope(), message.priority());
        var transit = new Transit(message.hops() + 1, message.trace(), K2KMessage.NEVER);
        return router.send(from, request, transit, Mailbox::offer, identity());
    }
}
