package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.Priority;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of one endpoint: a ring per priority, those who wait for a message, and the alarm for the next timeout.
 *
 * <p>A message that was put into a ring leaves it once: received, expired, or failed by a close. Senders take the lock only
 * when a receiver waits; receivers only to wait.
 */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final VarHandle RINGS = MethodHandles.arrayElementVarHandle(MessageRing[].class);
    private static final VarHandle ALARM;

    /** Polls of an empty mailbox before a receiver parks: about as long as parking and waking takes. */
    private static final int SPINS_BEFORE_PARK = 200;

    static {
        try {
            ALARM = MethodHandles.lookup().findVarHandle(Mailbox.class, "alarm", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Someone in line for a message. */
    sealed interface Waiter permits WaitingThread, ReceiveFuture {}

    /** A thread in line for a message; it polls again once it is signalled. */
    static final class WaitingThread implements Waiter {
        private final Thread thread = Thread.currentThread();
        private volatile boolean isSignalled;
    }

    private final KernelId id;
    private final HlcClock clock;
    private final MailboxContext context;
    private final MessageRing[] rings = new MessageRing[Priority.COUNT];

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> line = new ArrayDeque<>();

    /** Length of the line, written under the lock. */
    private volatile int waiting;

    /** When the timer looks here next; {@link K2KMessage#NEVER} if it does not. */
    private volatile long alarm = K2KMessage.NEVER;

    private volatile boolean isClosed;
    private volatile K2KEndpoint owner;
    private volatile Runnable arrivalListener;

    Mailbox(KernelId id, HlcClock clock, MailboxContext context) {
        this.id = id;
        this.clock = clock;
        this.context = context;
        rings[Priority.NORMAL.level()] = newRing();
    }

    KernelId id() {
        return id;
    }

    HlcClock clock() {
        return clock;
    }

    private MessageRing newRing() {
        return new MessageRing(context.config().maxPendingMessages(), context.firstPosition());
    }

    private MessageRing ring(int priority) {
        var ring = (MessageRing) RINGS.getAcquire(rings, priority);
        if (ring != null) {
            return ring;
        }
        var created = newRing();
        var witness = (MessageRing) RINGS.compareAndExchange(rings, priority, null, created);
        return witness == null ? created : witness;
    }

    /** Gives the mailbox, with all that waits in it, to another endpoint; receivers of the former one fail. */
    void owner(K2KEndpoint next) {
        owner = next;
        failWaiters("endpoint was taken over: " + id);
    }

    void checkOwner(K2KEndpoint endpoint) {
        if (isClosed) {
            throw new IllegalStateException("endpoint is closed: " + id);
        }
        if (owner != endpoint) {
            throw new IllegalStateException("endpoint was taken over: " + id);
        }
    }

    boolean isClosed() {
        return isClosed;
    }

    boolean isOwnedBy(K2KEndpoint endpoint) {
        return !isClosed && owner == endpoint;
    }

    void arrivalListener(Runnable listener) {
        arrivalListener = listener;
        if (pending() > 0) {
            listener.run();
        }
    }

    /** Queues a message, and settles its receipt if that is not possible. */
    void offer(K2KMessage message) {
        if (isClosed) {
            context.refuse(message.receipt(), DeliveryStatus.NOT_FOUND);
            return;
        }
        if (!ring(message.priority().level()).offer(message)) {
            context.refuse(message.receipt(), DeliveryStatus.QUEUE_FULL);
            return;
        }
        // ORDER: the message is visible before waiting, alarm and isClosed are read. Pairs with enlist, expire and close,
        // which write theirs before they look into the rings: one of the two sides sees the other.
        VarHandle.fullFence();
        if (waiting != 0) {
            wake();
        }
        if (message.expiresAt() < alarm) {
            setAlarm(message.expiresAt());
        }
        if (isClosed) {
            failPending();
        }
        var listener = arrivalListener;
        if (listener != null) {
            notify(listener);
        }
    }

    private void notify(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.warn("arrival listener of {} failed", id, e);
        }
    }

    int pending() {
        int pending = 0;
        for (int priority = 0; priority < rings.length; priority++) {
            var ring = (MessageRing) RINGS.getAcquire(rings, priority);
            pending += ring == null ? 0 : ring.size();
        }
        return pending;
    }

    /** Takes the most urgent message that is not past its deadline; null if none waits. */
    K2KMessage poll() {
        return poll(this::buryLate);
    }

    /** As {@link #poll()}; what is past its deadline goes to {@code late}. */
    private K2KMessage poll(Consumer<K2KMessage> late) {
        var message = takeMostUrgent();
        while (message != null && !receive(message)) {
            late.accept(message);
            message = takeMostUrgent();
        }
        return message;
    }

    private void buryLate(K2KMessage message) {
        context.bury(message, DeliveryStatus.TIMEOUT);
    }

    private K2KMessage takeMostUrgent() {
        for (int priority = Priority.COUNT - 1; priority >= 0; priority--) {
            var ring = (MessageRing) RINGS.getVolatile(rings, priority);
            var message = ring == null ? null : ring.poll();
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    /** Settles a message that was taken; false if it is past its deadline. */
    private boolean receive(K2KMessage message) {
        var receivedAt = clock.update(message.sentAt());
        message.receivedAt(receivedAt);
        if (message.envelope().header().isExpiredAt(receivedAt)) {
            return false;
        }
        message.receipt().settle(DeliveryStatus.DELIVERED);
        return true;
    }

    /**
     * Waits for a message.
     *
     * @param nanos how long; {@link Long#MAX_VALUE} for as long as it takes
     * @return null if the time is up
     */
    K2KMessage await(K2KEndpoint endpoint, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (int spin = 0; spin < SPINS_BEFORE_PARK; spin++) {
            checkOwner(endpoint);
            var message = poll();
            if (message != null || nanos <= 0) {
                return message;
            }
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        while (true) {
            var waiter = new WaitingThread();
            enlist(waiter);
            var message = pollInLine(endpoint, waiter);
            if (message != null) {
                return message;
            }
            if (!park(waiter, start, nanos)) {
                leave(waiter);
                checkOwner(endpoint);
                return poll();
            }
            message = poll();
            if (message != null) {
                return message;
            }
        }
    }

    /** Polls for a thread in line, and takes it out of the line unless it has to wait. */
    private K2KMessage pollInLine(K2KEndpoint endpoint, WaitingThread waiter) {
        try {
            checkOwner(endpoint);
        } catch (IllegalStateException e) {
            leave(waiter);
            throw e;
        }
        var message = poll();
        if (message != null) {
            leave(waiter);
        }
        return message;
    }

    /** Parks until signalled; false if the time was up first. */
    private boolean park(WaitingThread waiter, long start, long nanos) throws InterruptedException {
        while (!waiter.isSignalled) {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
            }
            if (Thread.interrupted()) {
                leave(waiter);
                throw new InterruptedException();
            }
        }
        return true;
    }

    /** A future for the next message, which is complete already if one waits. */
    ReceiveFuture future() {
        var future = new ReceiveFuture(this);
        enlist(future);
        wake();
        return future;
    }

    private void enlist(Waiter waiter) {
        lock.lock();
        try {
            line.add(waiter);
            // ORDER: written before the rings are polled again; pairs with the fence in offer
            waiting = line.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a waiter out of the line; false if it was not there any more. */
    boolean withdraw(Waiter waiter) {
        lock.lock();
        try {
            boolean wasThere = line.remove(waiter);
            waiting = line.size();
            return wasThere;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a thread out of the line, and passes on the signal that it may have got but does not need. */
    private void leave(WaitingThread waiter) {
        if (!withdraw(waiter) && pending() > 0) {
            wake();
        }
    }

    /**
     * Signals the first thread in line, and gives messages to the futures before it. Code of others (executor, handler)
     * runs after the lock is given back: it may well send to another mailbox.
     */
    private void wake() {
        var served = new ArrayList<Runnable>();
        lock.lock();
        try {
            serveLine(served);
            waiting = line.size();
        } finally {
            lock.unlock();
        }
        served.forEach(Runnable::run);
    }

    private void serveLine(List<Runnable> served) {
        while (!line.isEmpty()) {
            switch (line.peek()) {
                case WaitingThread waiter -> {
                    line.remove();
                    waiter.isSignalled = true;
                    LockSupport.unpark(waiter.thread);
                    return;
                }
                case ReceiveFuture future -> {
                    var message = poll(late -> served.add(() -> buryLate(late)));
                    if (message == null) {
                        return;
                    }
                    line.remove();
                    served.add(() -> future.deliver(message, context.executor()));
                }
            }
        }
    }

    private void failWaiters(String why) {
        var failed = new ArrayList<Waiter>();
        lock.lock();
        try {
            failed.addAll(line);
            line.clear();
            waiting = 0;
        } finally {
            lock.unlock();
        }
        for (var waiter : failed) {
            switch (waiter) {
                case WaitingThread thread -> {
                    thread.isSignalled = true;
                    LockSupport.unpark(thread.thread);
                }
                case ReceiveFuture future -> future.fail(new IllegalStateException(why), context.executor());
            }
        }
    }

    private void setAlarm(long at) {
        long current = alarm;
        while (at < current) {
            long witness = (long) ALARM.compareAndExchange(this, current, at);
            if (witness == current) {
                context.timer().schedule(this, at);
                return;
            }
            current = witness;
        }
    }

    /** Buries what is past its time, and sets the alarm for what is next; does nothing if the alarm was moved meanwhile. */
    void expire(long at) {
        // ORDER: the alarm is off before the rings are looked at; pairs with the fence in offer
        if (!ALARM.compareAndSet(this, at, K2KMessage.NEVER)) {
            return;
        }
        long now = context.timer().now();
        long next = K2KMessage.NEVER;
        for (int priority = 0; priority < rings.length; priority++) {
            var ring = (MessageRing) RINGS.getVolatile(rings, priority);
            if (ring != null) {
                for (var late = ring.pollExpired(now); late != null; late = ring.pollExpired(now)) {
                    context.bury(late, DeliveryStatus.TIMEOUT);
                }
                next = Math.min(next, ring.nextExpiry());
            }
        }
        if (next != K2KMessage.NEVER) {
            setAlarm(next);
        }
    }

    /** Refuses messages from now on and fails what waits. */
    void close() {
        settleRest(takeRest(), DeliveryStatus.CLOSED);
        failWaiters("endpoint is closed: " + id);
    }

    /** Refuses messages from now on and gives out what waits, most urgent first. */
    List<K2KMessage> closeAndDrain() {
        var drained = takeRest();
        failWaiters("endpoint is closed: " + id);
        drained.removeIf(message -> {
            boolean isLate = !receive(message);
            if (isLate) {
                buryLate(message);
            }
            return isLate;
        });
        return drained;
    }

    /** Called by a sender that finds the mailbox closed after it put a message in. */
    private void failPending() {
        settleRest(takeRest(), DeliveryStatus.CLOSED);
    }

    /**
     * Closes the mailbox and empties it in one go: under the lock, so that of a close and of the senders that notice it only
     * the first gets what waited before.
     */
    private List<K2KMessage> takeRest() {
        var rest = new ArrayList<K2KMessage>();
        lock.lock();
        try {
            // ORDER: closed before the rings are emptied; pairs with the fence in offer
            isClosed = true;
            for (var message = takeMostUrgent(); message != null; message = takeMostUrgent()) {
                rest.add(message);
            }
        } finally {
            lock.unlock();
        }
        return rest;
    }

    private void settleRest(List<K2KMessage> rest, DeliveryStatus outcome) {
        rest.forEach(message -> context.bury(message, outcome));
    }
}
