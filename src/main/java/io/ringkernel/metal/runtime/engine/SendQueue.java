package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a kernel has accepted and not yet begun to handle: for each priority first in, first out. At most so many
 * messages as the capacity says are accepted; senders with patience wait in a line of their own, by priority too.
 *
 * <p>All under one short lock. The wake-up of waiting senders happens outside of it, by whoever {@linkplain #take
 * took}.
 */
final class SendQueue {
    /**
     * A sender that waits for room; its messages are accepted one by one. It is settled when the last one has been, and
     * leaves the line when its user gives up. Guarded by the queue's lock.
     */
    static final class Waiting extends PendingFuture<Void> {
        private final List<MessageEnvelope> messages;
        private final PendingFuture<MessageEnvelope> call;
        private int next;

        /** A sender of messages of one priority. */
        Waiting(SendQueue queue, List<MessageEnvelope> messages, PendingFuture<MessageEnvelope> call) {
            super(self -> queue.leave((Waiting) self));
            this.messages = messages;
            this.call = call;
        }

        /** Who waits for the reply, or null. */
        PendingFuture<MessageEnvelope> call() {
            return call;
        }

        int size() {
            return messages.size();
        }

        private int level() {
            return messages.getFirst().header().priority().level();
        }

        private int left() {
            return messages.size() - next;
        }
    }

    /** As many messages wait in line as may. */
    static final class LineFullException extends Exception {
        private static final long serialVersionUID = 1L;

        private LineFullException() {
            super(null, null, false, false);
        }
    }

    /** One accepted message; a plain one stands for itself, so that it costs no object. */
    private record Request(MessageEnvelope message, PendingFuture<MessageEnvelope> call) {}

    /** What {@link #take} found besides the batch. */
    static final class Findings {
        private final List<Waiting> admitted = new ArrayList<>();
        private final Batch expired = new Batch();
        private boolean lacksRoom;
        private boolean isFull;

        /** Senders whose last message {@link #admit} accepted; they are claimed. */
        List<Waiting> admitted() {
            return admitted;
        }

        /** Messages past their deadline, or whose call was given up. */
        Batch expired() {
            return expired;
        }

        /** Whether messages stayed behind because there is no room for their replies. */
        boolean lacksRoom() {
            return lacksRoom;
        }

        /** Whether the batch is as large as it may be. */
        boolean isFull() {
            return isFull;
        }

        void clear() {
            admitted.clear();
            expired.clear();
            lacksRoom = false;
            isFull = false;
        }
    }

    private final int capacity;
    private final int maxWaiting;
    private final Consumer<HlcTimestamp> deadlines;
    private final List<ArrayDeque<Object>> lanes = new ArrayList<>();
    private final List<ArrayDeque<Waiting>> lines = new ArrayList<>();
    private int size;

    /** Messages that wait in line. */
    private int waiting;

    /** Places that are set aside for messages from other kernels. */
    private int reserved;

    private long accepted;
    private long refused;
    private RingKernelException closedBy;

    /**
     * An empty queue.
     *
     * @param capacity the most messages that are accepted and not taken
     * @param maxWaiting the most messages that wait in line before it
     * @param deadlines is told of the deadline of each message that is accepted and has one; under the queue's lock
     */
    SendQueue(int capacity, int maxWaiting, Consumer<HlcTimestamp> deadlines) {
        this.deadlines = deadlines;
        this.capacity = capacity;
        this.maxWaiting = maxWaiting;
        for (int i = 0; i < Priority.COUNT; i++) {
            lanes.add(new ArrayDeque<>());
            lines.add(new ArrayDeque<>());
        }
    }

    /**
     * Accepts a message if there is room, and nobody of its priority waits for some.
     *
     * @throws RingKernelException if the queue was closed
     */
    synchronized boolean offer(MessageEnvelope message, PendingFuture<MessageEnvelope> call) {
        checkOpen();
        int level = message.header().priority().level();
        if (isFull() || !lines.get(level).isEmpty()) {
            return false;
        }
        accept(level, message, call);
        return true;
    }

    /**
     * Accepts as many messages as there is room for.
     *
     * @return those that were not accepted, in order
     * @throws RingKernelException if the queue was closed
     */
    synchronized List<MessageEnvelope> offerAll(List<MessageEnvelope> messages) {
        checkOpen();
        var left = new ArrayList<MessageEnvelope>();
        boolean[] isBlocked = new boolean[Priority.COUNT];
        for (var message : messages) {
            int level = message.header().priority().level();
            if (isFull() || isBlocked[level] || !lines.get(level).isEmpty()) {
                isBlocked[level] = true;
                left.add(message);
            } else {
                accept(level, message, null);
            }
        }
        return left;
    }

    /**
     * Puts a sender in line.
     *
     * @return the senders in this line whose last message was accepted at once, since there is room by now; they are
     *     claimed, and to be told
     * @throws RingKernelException if the queue was closed
     * @throws LineFullException if as many messages wait as may; these are refused
     */
    synchronized List<Waiting> await(Waiting sender) throws LineFullException {
        checkOpen();
        if (sender.isClaimed()) {
            return List.of(); // its time is up already
        }
        if (sender.size() > maxWaiting - waiting) {
            refused += sender.size();
            throw new LineFullException();
        }
        int level = sender.level();
        lines.get(level).addLast(sender);
        waiting += sender.size();
        var admitted = new ArrayList<Waiting>();
        admit(level, admitted);
        return admitted;
    }

    /** Takes a sender that gave up out of the line. */
    private synchronized void leave(Waiting sender) {
        if (lines.get(sender.level()).remove(sender)) {
            waiting -= sender.left();
        }
        refused += sender.left();
    }

    /** How many messages of senders that waited were accepted. */
    synchronized int acceptedOf(List<Waiting> senders) {
        return senders.stream().mapToInt(sender -> sender.next).sum();
    }

    /** Counts messages that were refused at once. */
    synchronized void countRefused(int messages) {
        refused += messages;
    }

    /**
     * Sets a place aside; false if there is none.
     *
     * @param isForRefusal whether it makes no difference that there is none: it will be given back
     */
    synchronized boolean reserve(boolean isForRefusal) {
        if (isFull() && !isForRefusal) {
            return false;
        }
        reserved++;
        return true;
    }

    /**
     * Gives back a place that was set aside, to the first in line if there is one.
     *
     * @return the senders whose last message was accepted; they are claimed, and to be told
     */
    synchronized List<Waiting> release() {
        reserved--;
        return admitted();
    }

    /**
     * Accepts a message for which a place was set aside.
     *
     * @throws RingKernelException if the queue was closed
     */
    synchronized void offerReserved(MessageEnvelope message) {
        checkOpen();
        reserved--;
        accept(message.header().priority().level(), message, null);
    }

    private boolean isFull() {
        return size + reserved >= capacity;
    }

    private void checkOpen() {
        if (closedBy != null) {
            throw closedBy;
        }
    }

    private void accept(int level, MessageEnvelope message, PendingFuture<MessageEnvelope> call) {
        lanes.get(level).addLast(call == null ? message : new Request(message, call));
        size++;
        accepted++;
        if (!message.header().deadline().isZero()) {
            deadlines.accept(message.header().deadline());
        }
    }

    /** Takes out what is past its deadline, and tells of the next one. */
    synchronized Batch takeExpired(HlcTimestamp now) {
        var expired = new Batch();
        for (var lane : lanes) {
            lane.removeIf(item -> {
                var message = item instanceof Request request ? request.message : (MessageEnvelope) item;
                boolean isExpired = message.header().isExpiredAt(now);
                if (isExpired) {
                    expired.add(message, item instanceof Request request ? request.call : null);
                } else if (!message.header().deadline().isZero()) {
                    deadlines.accept(message.header().deadline());
                }
                return isExpired;
            });
        }
        size -= expired.size();
        return expired;
    }

    /**
     * Moves messages into a batch, the most urgent first.
     *
     * @param limit the most messages of the batch
     * @param room what their replies may take
     * @param now to judge deadlines by
     */
    synchronized void take(Batch batch, int limit, Room room, HlcTimestamp now, Findings found) {
        for (int level = Priority.COUNT - 1; level >= 0; level--) {
            var lane = lanes.get(level);
            while (batch.size() < limit && !found.lacksRoom && !lane.isEmpty()) {
                moveFirst(lane, batch, room, now, found);
            }
        }
        found.isFull = batch.size() == limit;
    }

    /** Accepts messages of waiting senders where there is room. */
    synchronized void admit(Findings found) {
        found.admitted.addAll(admitted());
    }

    private List<Waiting> admitted() {
        if (waiting == 0) {
            return List.of();
        }
        var admitted = new ArrayList<Waiting>();
        for (int level = Priority.COUNT - 1; level >= 0; level--) {
            admit(level, admitted);
        }
        return admitted;
    }

    private void moveFirst(ArrayDeque<Object> lane, Batch batch, Room room, HlcTimestamp now, Findings found) {
        var item = lane.peekFirst();
        var call = item instanceof Request request ? request.call : null;
        var message = item instanceof Request request ? request.message : (MessageEnvelope) item;
        if (isWorthless(message, call, now)) {
            found.expired.add(message, call);
        } else if (room.reserve(call != null)) {
            batch.add(message, call);
        } else {
            found.lacksRoom = true;
            return;
        }
        lane.pollFirst();
        size--;
    }

    /** Room for replies in the receive queue, given away message by message. */
    static final class Room {
        private final int perMessage;
        private int left;

        Room(int replies, int perMessage) {
            left = replies;
            this.perMessage = perMessage;
        }

        /** Sets aside what a message may need; the first reply to a call goes to the call and needs none. */
        boolean reserve(boolean isCall) {
            int need = isCall ? Math.max(0, perMessage - 1) : perMessage;
            if (need > left) {
                return false;
            }
            left -= need;
            return true;
        }
    }

    /** Takes a batch back that was not handled after all: before everything that was accepted later. */
    synchronized void requeue(Batch batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            var message = batch.message(i);
            var call = batch.call(i);
            int level = message.header().priority().level();
            lanes.get(level).addFirst(call == null ? message : new Request(message, call));
            size++;
        }
    }

    private static boolean isWorthless(MessageEnvelope message, PendingFuture<MessageEnvelope> call, HlcTimestamp now) {
        return message.header().isExpiredAt(now) || (call != null && call.isClaimed());
    }

    /** Accepts from the line of a priority while there is room. */
    private void admit(int level, List<Waiting> done) {
        var line = lines.get(level);
        while (!line.isEmpty() && !isFull()) {
            var sender = line.peekFirst();
            boolean isLast = sender.left() == 1;
            // Claiming first makes a cancellation and the acceptance of the last message exclude each other.
            boolean gaveUp = isLast ? !sender.claim() : sender.isClaimed();
            if (gaveUp) {
                waiting -= sender.left();
                line.pollFirst();
                continue;
            }
            accept(level, sender.messages.get(sender.next++), sender.call);
            waiting--;
            if (isLast) {
                line.pollFirst();
                done.add(sender);
            }
        }
    }

    /**
     * Refuses everything from now on.
     *
     * @return the senders that waited, claimed; they are to be told
     */
    synchronized List<Waiting> close(RingKernelException reason) {
        closedBy = reason;
        var told = new ArrayList<Waiting>();
        for (var line : lines) {
            line.stream().filter(PendingFuture::claim).forEach(told::add);
            line.clear();
        }
        waiting = 0;
        return told;
    }

    /** Takes everything that was accepted. */
    synchronized Batch drain() {
        var all = new Batch();
        for (int level = Priority.COUNT - 1; level >= 0; level--) {
            for (var item : lanes.get(level)) {
                switch (item) {
                    case Request(var message, var call) -> all.add(message, call);
                    default -> all.add((MessageEnvelope) item, null);
                }
            }
            lanes.get(level).clear();
        }
        size = 0;
        return all;
    }

    synchronized int size() {
        return size;
    }

    synchronized long accepted() {
        return accepted;
    }

    synchronized long refused() {
        return refused;
    }
}
