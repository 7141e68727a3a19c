package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.hlc.HlcTimestamp;
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
 * millisecond behind.
 */
public final class K2KBroker implements AutoCloseable {
    /** Clocks of one process cannot disagree by more than their wall clock jumps; none of them is to refuse another. */
    private static final Duration MAX_DRIFT = Duration.ofDays(365);

    /** A deadline beyond this needs no alarm, as no timer of this process will live to see it: a hundred years. */
    private static final long FAR_AWAY_MICROS = 36_525L * 86_400_000_000L;

    private final MailboxContext context;
    private final LongAdder forwarded = new LongAdder();
    private final ConcurrentHashMap<KernelId, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<KernelId, KernelId> routes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<KernelId>> groups = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    private K2KBroker(Builder builder, long firstPosition) {
        var timer = new DeliveryTimer();
        boolean isSystemClock = builder.wallMicros == null;
        context = new MailboxContext(
                builder.config,
                firstPosition,
                timer,
                new WallClock(isSystemClock ? HlcClock::systemMicros : builder.wallMicros, timer, isSystemClock),
                builder.executor,
                builder.deadLetters,
                new ReceiptStore(builder.config.receiptCapacity()),
                new MailboxContext.Failures());
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
        checkOpen();
        var clock = HlcClock.of(id.number(), MAX_DRIFT, context.wallClock()::exactMicros);
        var mailbox = new Mailbox(id, clock, context);
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
     * @throws IllegalStateException if this broker is closed
     */
    public K2KEndpoint takeOver(KernelId id) {
        checkOpen();
        for (var mailbox = mailboxes.get(id); mailbox != null; mailbox = mailboxes.get(id)) {
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

    /** The kernels that are registered now. */
    public Set<KernelId> registered() {
        return Set.copyOf(mailboxes.keySet());
    }

    /**
     * Sends what is for {@code destination}, while it is not registered, to {@code nextHop}; replaces a former route.
     */
    public void addRoute(KernelId destination, KernelId nextHop) {
        routes.put(destination, Objects.requireNonNull(nextHop, "nextHop"));
    }

    /** Removes the route for a destination; false if there was none. */
    public boolean removeRoute(KernelId destination) {
        return routes.remove(destination) != null;
    }

    /** The routes now: from destination to next hop. */
    public Map<KernelId, KernelId> routes() {
        return Map.copyOf(routes);
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
        long accepted = context.receipts().accepted();
        return new K2KStats(
                mailboxes.size(),
                accepted + notFound + queueFull + maxHopsExceeded,
                accepted,
                accepted - pending - timedOut - closed,
                pending,
                forwarded.sum(),
                notFound,
                queueFull,
                maxHopsExceeded,
                timedOut,
                closed);
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

    void leave(String group, KernelId member) {
        groups.computeIfPresent(group, (name, members) -> {
            members.remove(member);
            return members.isEmpty() ? null : members;
        });
    }

    DeliveryReceipt send(K2KEndpoint from, KernelId destination, MessageEnvelope envelope, Priority priority) {
        return send(from, new Passage(from.id(), destination, envelope, priority), 1, List.of());
    }

    List<DeliveryReceipt> sendToAll(K2KEndpoint from, Set<KernelId> destinations, MessageEnvelope envelope) {
        var sent = new ArrayList<DeliveryReceipt>();
        for (var destination : destinations) {
            if (!destination.equals(from.id())) {
                sent.add(send(from, destination, envelope, envelope.header().priority()));
            }
        }
        return sent;
    }

    DeliveryReceipt forward(K2KEndpoint from, K2KMessage message) {
        forwarded.increment();
        var passage = new Passage(message.source(), message.destination(), message.envelope(), message.priority());
        return send(from, passage, message.hops() + 1, message.trace());
    }

    /** Sends a message to the first endpoint on its way that is registered. */
    private DeliveryReceipt send(K2KEndpoint from, Passage passage, int hop, List<K2KMessage.Hop> formerTrace) {
        var sentAt = stamp(from, passage);
        var trace = traced(formerTrace, from.id(), sentAt);
        var target = mailboxes.get(passage.destination());
        int hops = hop;
        for (var at = passage.destination(); target == null && hops <= config().maxHops(); hops++) {
            var next = routes.get(at);
            if (next == null) {
                return refuse(passage, sentAt, hops, DeliveryStatus.NOT_FOUND);
            }
            sentAt = stamp(from, passage);
            trace = traced(trace, at, sentAt);
            at = next;
            target = mailboxes.get(next);
        }
        if (hops > config().maxHops()) {
            return refuse(passage, sentAt, hops - 1, DeliveryStatus.MAX_HOPS_EXCEEDED);
        }
        var receipt = new DeliveryReceipt(passage, sentAt, hops, trace, expiry(passage, sentAt));
        target.offer(receipt);
        return receipt;
    }

    private DeliveryReceipt refuse(Passage passage, HlcTimestamp sentAt, int hops, DeliveryStatus why) {
        var receipt = new DeliveryReceipt(passage, sentAt, hops, List.of(), K2KMessage.NEVER);
        context.refuse(receipt, why);
        return receipt;
    }

    private HlcTimestamp stamp(K2KEndpoint from, Passage passage) {
        var clock = from.mailbox().clock();
        return passage.hasDeadline()
                ? clock.tick()
                : clock.tick(context.wallClock().recentMicros());
    }

    private List<K2KMessage.Hop> traced(List<K2KMessage.Hop> trace, KernelId at, HlcTimestamp time) {
        if (config().tracing() == K2KConfig.Tracing.OFF) {
            return trace;
        }
        var longer = new ArrayList<>(trace);
        longer.add(new K2KMessage.Hop(at, time));
        return List.copyOf(longer);
    }

    /** The deadline on the timer's clock. */
    private long expiry(Passage passage, HlcTimestamp sentAt) {
        if (!passage.hasDeadline()) {
            return K2KMessage.NEVER;
        }
        var deadline = passage.envelope().header().deadline();
        long now = context.timer().now();
        if (Long.compareUnsigned(deadline.physicalMicros(), sentAt.physicalMicros()) <= 0) {
            return now;
        }
        long left = deadline.physicalMicros() - sentAt.physicalMicros();
        boolean isFarAway = left < 0 || left > FAR_AWAY_MICROS;
        return isFarAway ? K2KMessage.NEVER : now + left * 1_000;
    }
}
