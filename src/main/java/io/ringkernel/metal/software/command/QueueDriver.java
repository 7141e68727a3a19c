package io.ringkernel.metal.software.command;

import io.ringkernel.metal.msl.run.KernelRun;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs the command buffers of one queue in order, on a thread that exists while there is work and a while longer, but
 * not longer than the queue. A waiting driver uses no processor. With the thread goes the memory that kernels needed.
 */
final class QueueDriver {
    private static final long IDLE_NANOS = 5_000_000_000L;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock: enqueued command buffers in order, committed or not.
    private final ArrayDeque<MTLCommandBuffer> order = new ArrayDeque<>();
    private Thread thread;
    private volatile boolean parked;
    private volatile boolean ended;

    /** Reserves the next place for a command buffer that may be committed later. */
    void enqueue(MTLCommandBuffer buffer) {
        lock.lock();
        try {
            order.add(buffer);
        } finally {
            lock.unlock();
        }
    }

    /** A command buffer in the order is committed now. */
    void committed() {
        Thread waiting;
        lock.lock();
        try {
            if (thread == null) {
                thread = Thread.ofPlatform().daemon().name("software GPU queue").start(this::drive);
                return;
            }
            waiting = thread;
        } finally {
            lock.unlock();
        }
        if (parked) {
            LockSupport.unpark(waiting);
        }
    }

    /** The queue has died: nothing can be committed any more. */
    void end() {
        Thread idle;
        lock.lock();
        try {
            ended = true;
            idle = thread;
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(idle);
    }

    /** A command buffer died without being committed; those behind it may run. */
    void abandon(MTLCommandBuffer buffer) {
        boolean wasInOrder;
        lock.lock();
        try {
            wasInOrder = order.remove(buffer);
        } finally {
            lock.unlock();
        }
        if (wasInOrder) {
            committed();
        }
    }

    private void drive() {
        while (true) {
            var buffer = next();
            if (buffer != null) {
                execute(buffer);
            } else if (!waitForWork()) {
                KernelRun.releaseMemory();
                return;
            }
        }
    }

    private static void execute(MTLCommandBuffer buffer) {
        try {
            buffer.execute();
        } catch (RuntimeException | Error e) {
            // The queue's other command buffers must run, whatever this defect is.
            buffer.runtime().violations().record(ViolationKind.INTERNAL, "while a command buffer ran: " + e);
        }
    }

    private MTLCommandBuffer next() {
        lock.lock();
        try {
            var head = order.peek();
            return head != null && head.isCommitted() ? order.poll() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Returns false when the thread is to end. */
    private boolean waitForWork() {
        long idleSince = System.nanoTime();
        parked = true;
        // ORDER: parked is written before the order is looked at, and read by committed() after a command buffer was
        // committed, so a command buffer is seen here or its committer unparks.
        while (!hasWork()) {
            long left = ended ? 0 : IDLE_NANOS - (System.nanoTime() - idleSince);
            if (left <= 0 && endIfIdle()) {
                return false;
            }
            LockSupport.parkNanos(this, left > 0 ? left : IDLE_NANOS);
        }
        parked = false;
        return true;
    }

    /** Gives up the thread unless something is enqueued; the next commit starts another. */
    private boolean endIfIdle() {
        lock.lock();
        try {
            if (!order.isEmpty()) {
                return false;
            }
            thread = null;
            parked = false;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasWork() {
        lock.lock();
        try {
            var head = order.peek();
            return head != null && head.isCommitted();
        } finally {
            lock.unlock();
        }
    }
}
