package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Finds the first endpoint on a message's way that is registered, stamping the message at each hop. */
final class Router {
    /** A deadline beyond this needs no alarm, as no timer of this process will live to see it: a hundred years. */
    private static final long FAR_AWAY_MICROS = 36_525L * 86_400_000_000L;

    private final MailboxContext context;
    private final boolean sharesReadings;
    private final boolean isTracing;
    private final ConcurrentHashMap<KernelId, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<KernelId, KernelId> routes = new ConcurrentHashMap<>();

    /**
     * A router without routes.
     *
     * @param sharesReadings whether the endpoints' clocks read the wall clock of {@code context}
     */
    Router(MailboxContext context, boolean sharesReadings) {
        this.context = context;
        this.sharesReadings = sharesReadings;
        isTracing = context.config().tracing() == K2KConfig.Tracing.ON;
    }

    /** The registered kernels' mailboxes. */
    ConcurrentHashMap<KernelId, Mailbox> mailboxes() {
        return mailboxes;
    }

    /** From destination to next hop. */
    ConcurrentHashMap<KernelId, KernelId> routes() {
        return routes;
    }

    /**
     * Sends a message for the first time.
     *
     * @param offer puts the message into the mailbox that was found for it
     * @param refused gets the receipt when there is no mailbox for it
     */
    <R> R send(
            Mailbox from,
            SendRequest request,
            BiFunction<Mailbox, DeliveryReceipt, R> offer,
            Function<DeliveryReceipt, R> refused) {
        var target = mailboxes.get(request.destination());
        if (target == null || isTracing || request.hasDeadline()) {
            return send(from, request, Transit.DIRECT, offer, refused);
        }
        return offer.apply(target, request.receipt(stamp(from, request), Transit.DIRECT));
    }

    /**
     * Sends a message on.
     *
     * @param soFar the hops that led here, and this one
     */
    <R> R send(
            Mailbox from,
            SendRequest request,
            Transit soFar,
            BiFunction<Mailbox, DeliveryReceipt, R> offer,
            Function<DeliveryReceipt, R> refused) {
        var sentAt = stamp(from, request);
        var trace = traced(soFar.trace(), from.id(), sentAt);
        var target = mailboxes.get(request.destination());
        int maxHops = context.config().maxHops();
        int hops = soFar.hops();
        for (var at = request.destination(); target == null && hops <= maxHops; hops++) {
            var next = routes.get(at);
            if (next == null) {
                return refused.apply(refuse(request, sentAt, hops, DeliveryStatus.NOT_FOUND));
            }
            sentAt = stamp(from, request);
            trace = traced(trace, at, sentAt);
            at = next;
            target = mailboxes.get(next);
        }
        if (hops > maxHops) {
            return refused.apply(refuse(request, sentAt, hops - 1, DeliveryStatus.MAX_HOPS_EXCEEDED));
        }
        return offer.apply(target, request.receipt(sentAt, new Transit(hops, trace, expiry(request, sentAt))));
    }

    private DeliveryReceipt refuse(SendRequest request, HlcTimestamp sentAt, int hops, DeliveryStatus why) {
        var receipt = request.receipt(sentAt, new Transit(hops, List.of(), K2KMessage.NEVER));
        context.refuse(receipt, why);
        return receipt;
    }

    private HlcTimestamp stamp(Mailbox from, SendRequest request) {
        return request.hasDeadline() || !sharesReadings
                ? from.clock().tick()
                : from.clock().tick(context.wallClock().recentMicros());
    }

    private List<K2KMessage.Hop> traced(List<K2KMessage.Hop> trace, KernelId at, HlcTimestamp time) {
        if (!isTracing) {
            return trace;
        }
        var longer = new ArrayList<>(trace);
        longer.add(new K2KMessage.Hop(at, time));
        return List.copyOf(longer);
    }

    /** The deadline on the timer's clock. */
    private long expiry(SendRequest request, HlcTimestamp sentAt) {
        if (!request.hasDeadline()) {
            return K2KMessage.NEVER;
        }
        var deadline = request.envelope().header().deadline();
        long now = context.timer().now();
        if (Long.compareUnsigned(deadline.physicalMicros(), sentAt.physicalMicros()) <= 0) {
            return now;
        }
        long left = deadline.physicalMicros() - sentAt.physicalMicros();
        boolean isFarAway = left < 0 || left > FAR_AWAY_MICROS;
        return isFarAway ? K2KMessage.NEVER : now + left * 1_000;
    }
}
