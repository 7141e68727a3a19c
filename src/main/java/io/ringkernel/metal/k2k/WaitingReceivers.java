package io.ringkernel.metal.k2k;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Those who wait for a message, first come first served. Whoever is taken out of the line is signalled, served or
 * failed, by the one who took it out and by nobody else.
 *
 * <p>Code of others (the executor, a dead-letter handler) never runs under the lock: it may well send to another
 * mailbox.
 */
final class WaitingReceivers {
    /** Someone in line. */
    sealed interface Waiter permits WaitingThread, ReceiveFuture {}

    /** A thread in line; it polls again once it is signalled. */
    static final class WaitingThread implements Waiter {
        private final Thread thread = Thread.currentThread();
        private volatile boolean isSignalled;

        private void signal() {
            isSignalled = true;
            LockSupport.unpark(thread);
        }

        /**
         * Parks until signalled.
         *
         * @param nanos how long since {@code start}; {@link Long#MAX_VALUE} for as long as it takes
         * @return false if the time was up first, or the thread was interrupted
         */
        boolean park(long start, long nanos) {
            while (!isSignalled) {
                long left = nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - start);
                if (left <= 0 || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                if (nanos == Long.MAX_VALUE) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, left);
                }
            }
            return true;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> line = new ArrayDeque<>();

    /** Length of the line, written under the lock. */
    private volatile int length;

    boolean isEmpty() {
        return length == 0;
    }

    void add(Waiter waiter) {
        lock.lock();
        try {
            line.add(waiter);
            // ORDER: written before the waiter polls again; pairs with a sender's claim in MessageRing.offer, before it
            // reads this
            length = line.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a waiter out of the line; false if it was not there any more. */
    boolean withdraw(Waiter waiter) {
        lock.lock();
        try {
            boolean wasThere = line.remove(waiter);
            length = line.size();
            return wasThere;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Signals the first thread in line, and gives messages to the futures before it.
     *
     * @param poll takes a message, or gives null; what it passes on instead is handed to {@code late}
     */
    void serve(
            Function<Consumer<DeliveryReceipt>, K2KMessage> poll, Consumer<DeliveryReceipt> late, Executor executor) {
        var afterwards = new ArrayList<Runnable>();
        lock.lock();
        try {
            Supplier<K2KMessage> take = () -> poll.apply(old -> afterwards.add(() -> late.accept(old)));
            boolean isServing = true;
            while (isServing && !line.isEmpty()) {
                isServing =
                        serveFirst(take, (future, message) -> afterwards.add(() -> future.deliver(message, executor)));
            }
            length = line.size();
        } finally {
            lock.unlock();
        }
        afterwards.forEach(Runnable::run);
    }

    /**
     * Takes the first out of the line unless it is a future and no message waits; false if that is all there is to do.
     */
    private boolean serveFirst(Supplier<K2KMessage> poll, BiConsumer<ReceiveFuture, K2KMessage> served) {
        return switch (line.peek()) {
            case WaitingThread waiter -> {
                line.remove();
                waiter.signal();
                yield false;
            }
            case ReceiveFuture future -> {
                var message = poll.get();
                if (message != null) {
                    line.remove();
                    served.accept(future, message);
                }
                yield message != null;
            }
        };
    }

    /** Empties the line: threads wake and find out why, futures fail with {@code cause}. */
    void fail(IllegalStateException cause, Executor executor) {
        List<Waiter> failed;
        lock.lock();
        try {
            failed = List.copyOf(line);
            line.clear();
            length = 0;
        } finally {
            lock.unlock();
        }
        for (var waiter : failed) {
            switch (waiter) {
                case WaitingThread thread -> thread.signal();
                case ReceiveFuture future -> future.fail(cause, executor);
            }
        }
    }
}
