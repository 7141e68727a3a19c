package io.ringkernel.metal.k2k;

import io.ringkernel.metal.wire.Priority;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;

/**
 * Ends the wait of messages whose time is up: the delivery timeout, which is one for all, or a deadline of their own.
 *
 * <p>Messages do not carry the time at which they were queued; reading a clock for each would cost as much as queueing
 * it. Instead the watch marks from time to time how far the queues had filled. What is older than a mark that is older
 * than the timeout has waited too long. So a message times out late by a sixteenth of the timeout (or 1 ms) at most;
 * one that comes to an empty mailbox starts a mark of its own and times out exactly.
 *
 * <p>A deadline is looked at when its message has come to the head of its queue, and again when it is received.
 */
final class DeliveryWatch {
    private static final VarHandle ALARM;
    private static final int MARKS_PER_TIMEOUT = 16;
    private static final long LEAST_PERIOD_NANOS = 1_000_000;

    static {
        try {
            ALARM = MethodHandles.lookup().findVarHandle(DeliveryWatch.class, "alarm", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** How far the queues had filled at some time. */
    private record Mark(long at, long[] tails) {}

    private final PriorityRings rings;
    private final MailboxContext context;
    private final Runnable roomAppeared;
    private final long timeout;
    private final long period;

    /** Oldest first; guarded by itself. */
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    /** When the timer looks next; never if it does not, and then no message waits that could expire. */
    private volatile long alarm = K2KMessage.NEVER;

    /** A watch over {@code rings}, which says so when it made room in them. */
    DeliveryWatch(PriorityRings rings, MailboxContext context, Runnable roomAppeared) {
        this.rings = rings;
        this.context = context;
        this.roomAppeared = roomAppeared;
        timeout = context.timeoutNanos();
        period = Math.min(timeout, Math.max(timeout / MARKS_PER_TIMEOUT, LEAST_PERIOD_NANOS));
    }

    /** Called after a message was queued. */
    void queued(DeliveryReceipt message) {
        long next = alarm;
        if (message.expiresAt() < next) {
            setAlarm(message.expiresAt());
        }
        if (next == K2KMessage.NEVER && timeout != K2KMessage.NEVER) {
            setAlarm(mark() + period);
        }
    }

    /** Marks how far the queues have filled by now; gives the time. */
    private long mark() {
        synchronized (marks) {
            long now = context.timer().now();
            marks.add(new Mark(now, rings.tails()));
            return now;
        }
    }

    private void setAlarm(long at) {
        long current = alarm;
        while (at < current) {
            long witness = (long) ALARM.compareAndExchange(this, current, at);
            if (witness == current) {
                context.timer().schedule(() -> ring(at), at);
                return;
            }
            current = witness;
        }
    }

    /** What the timer runs; does nothing if the alarm was moved meanwhile. */
    private void ring(long at) {
        // ORDER: the alarm is off before the queues are looked at; pairs with the claim in MessageRing.offer, which
        // comes before
        // queued reads the alarm
        if (!ALARM.compareAndSet(this, at, K2KMessage.NEVER)) {
            return;
        }
        long now = context.timer().now();
        rings.pollExpired(now, limits(now), late -> context.deadLetter(late, DeliveryStatus.TIMEOUT));
        roomAppeared.run();
        setAlarm(nextAlarm(now));
    }

    /** The positions below which messages have waited for the timeout; forgets the marks that said so. */
    private long[] limits(long now) {
        var limits = new long[Priority.COUNT];
        synchronized (marks) {
            while (!marks.isEmpty() && now - marks.peek().at >= timeout) {
                limits = marks.remove().tails;
            }
        }
        return limits;
    }

    private long nextAlarm(long now) {
        synchronized (marks) {
            if (rings.size() == 0) {
                marks.clear();
                return K2KMessage.NEVER;
            }
            long next = rings.nextExpiry();
            if (timeout == K2KMessage.NEVER) {
                return next;
            }
            if (marks.isEmpty() || now - marks.getLast().at >= period) {
                marks.add(new Mark(now, rings.tails()));
            }
            long oldestIsDue = marks.getFirst().at + timeout;
            long nextMarkIsDue = marks.getLast().at + period;
            return Math.min(next, Math.min(oldestIsDue, nextMarkIsDue));
        }
    }
}
