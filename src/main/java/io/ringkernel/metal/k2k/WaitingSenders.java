package io.ringkernel.metal.k2k;

import io.ringkernel.metal.wire.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Messages whose senders wait for room in a full mailbox, those of each priority in the order in which they came. They
 * are not accepted yet; each leaves once: queued, or refused when the delivery timeout has passed or the mailbox is
 * closed.
 */
final class WaitingSenders {
    /** A message in line, completed by whoever takes it out: the line, or its sender by giving it up. */
    private final class Waiting extends CompletableFuture<DeliveryReceipt> {
        private final DeliveryReceipt message;
        private final long until;

        Waiting(DeliveryReceipt message, long until) {
            this.message = message;
            this.until = until;
        }

        /** Tells the sender that its message has left the line. */
        void show() {
            super.complete(message);
        }

        @Override
        public boolean complete(DeliveryReceipt receipt) {
            return withdraw(this) && super.complete(receipt);
        }

        @Override
        public boolean completeExceptionally(Throwable failure) {
            return withdraw(this) && super.completeExceptionally(failure);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return withdraw(this) ? super.cancel(mayInterruptIfRunning) : isCancelled();
        }
    }

    private final PriorityRings rings;
    private final MailboxContext context;
    private final Consumer<DeliveryReceipt> queued;
    private final SerialTask admission = new SerialTask(this::admit);

    /** By priority; guarded by this object. */
    private final List<ArrayDeque<Waiting>> lines = new ArrayList<>();

    /** Whether the timer looks after those whose time is up; guarded by this object. */
    private boolean isAlarmSet;

    /** Length of all lines, written under this object's lock. */
    private volatile int length;

    /** A line before {@code rings}, which passes on what it has queued there. */
    WaitingSenders(PriorityRings rings, MailboxContext context, Consumer<DeliveryReceipt> queued) {
        this.rings = rings;
        this.context = context;
        this.queued = queued;
        for (int level = 0; level < Priority.COUNT; level++) {
            lines.add(new ArrayDeque<>());
        }
    }

    /** Whether messages of this priority wait, which another one must not overtake. */
    boolean isWaiting(Priority priority) {
        if (length == 0) {
            return false;
        }
        synchronized (this) {
            return !lines.get(priority.level()).isEmpty();
        }
    }

    /** Puts a message in line. */
    CompletableFuture<DeliveryReceipt> await(DeliveryReceipt message) {
        long timeout = context.timeoutNanos();
        long until = timeout == K2KMessage.NEVER ? timeout : context.timer().now() + timeout;
        var waiting = new Waiting(message, until);
        synchronized (this) {
            lines.get(message.priority().level()).add(waiting);
            // ORDER: written before the queue is looked at again; pairs with a receiver's claim in MessageRing.take,
            // before it reads this
            length++;
        }
        roomAppeared();
        setAlarm();
        return waiting;
    }

    /** Queues what there is room for by now; called after messages were taken out of the queues. */
    void roomAppeared() {
        if (length > 0) {
            admission.run();
        }
    }

    private void admit() {
        for (var admitted : remove(head -> rings.offer(head.message))) {
            queued.accept(admitted.message);
            tell(admitted);
        }
    }

    /** Refuses a message that its sender gives up; false if it has left the line. */
    private boolean withdraw(Waiting waiting) {
        synchronized (this) {
            if (!lines.get(waiting.message.priority().level()).remove(waiting)) {
                return false;
            }
            length--;
        }
        context.refuse(waiting.message, DeliveryStatus.QUEUE_FULL);
        return true;
    }

    /** Refuses all: the mailbox is closed. */
    void close() {
        refuse(remove(head -> true), DeliveryStatus.NOT_FOUND);
    }

    private void refuse(List<Waiting> refused, DeliveryStatus why) {
        for (var waiting : refused) {
            context.refuse(waiting.message, why);
            tell(waiting);
        }
    }

    private void tell(Waiting waiting) {
        try {
            context.executor().execute(waiting::show);
        } catch (RejectedExecutionException e) {
            waiting.show();
        }
    }

    private synchronized void setAlarm() {
        long next = nextExpiry();
        if (!isAlarmSet && next != K2KMessage.NEVER) {
            isAlarmSet = true;
            context.timer().schedule(this::expire, next);
        }
    }

    /** What the timer runs. */
    private void expire() {
        long now = context.timer().now();
        refuse(remove(head -> head.until <= now), DeliveryStatus.QUEUE_FULL);
        synchronized (this) {
            isAlarmSet = false;
        }
        setAlarm();
    }

    private long nextExpiry() {
        long next = K2KMessage.NEVER;
        for (var line : lines) {
            next = line.isEmpty() ? next : Math.min(next, line.peek().until);
        }
        return next;
    }

    /** Takes those out that are to go, from the heads of the lines, the most urgent first. */
    private synchronized List<Waiting> remove(Predicate<Waiting> isToGo) {
        var removed = new ArrayList<Waiting>();
        for (int level = Priority.COUNT - 1; level >= 0; level--) {
            var line = lines.get(level);
            while (!line.isEmpty() && isToGo.test(line.peek())) {
                removed.add(line.remove());
            }
        }
        length -= removed.size();
        return removed;
    }
}
