package io.ringkernel.metal.software.gpu;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The faults that a test wants of a device. Safe for use by many threads. */
public final class Faults {
    /**
     * What the error of a command buffer says.
     *
     * @param encoderStates {@code MTLCommandEncoderErrorState} of one encoder after the other. Those that are pending,
     *     or beyond the list, are not run, all others are: whatever an encoder that did not complete may have written
     *     is there. Without any, nothing is run, and the first encoder is the one that faulted
     */
    public record CommandBufferFault(String domain, long code, String text, List<Long> encoderStates) {
        /** Copies the states. */
        public CommandBufferFault {
            encoderStates = List.copyOf(encoderStates);
        }
    }

    /** While it is open, no command buffer of the device completes. */
    public final class Hold implements AutoCloseable {
        private boolean open = true;

        private Hold() {}

        /** Lets command buffers complete again, unless another hold is open. Idempotent. */
        @Override
        public void close() {
            lock.lock();
            try {
                if (open) {
                    open = false;
                    holds--;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<CommandBufferFault> commandBufferFaults = new ArrayDeque<>();
    private int allocationFailures;
    private int holds;
    // Set in each method that arms a fault, so that a device without faults takes no lock.
    private volatile boolean armed;
    private volatile boolean removed;

    /** Makes the next allocations of buffers and heaps fail. */
    public void failNextAllocations(int count) {
        lock.lock();
        try {
            allocationFailures += count;
            armed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next command buffer that is about to run fail instead; calls add up, one command buffer each. */
    public void failNextCommandBuffer(String domain, long code, String text) {
        failNextCommandBuffer(new CommandBufferFault(domain, code, text, List.of()));
    }

    /** Makes the next command buffer that is about to run fail; calls add up, one command buffer each. */
    public void failNextCommandBuffer(CommandBufferFault fault) {
        lock.lock();
        try {
            commandBufferFaults.add(fault);
            armed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps command buffers from completing until the hold is closed; their work is done meanwhile. */
    public Hold holdCompletions() {
        lock.lock();
        try {
            holds++;
            armed = true;
            return new Hold();
        } finally {
            lock.unlock();
        }
    }

    /** Unplugs the device for good: work in flight and to come fails, allocations give nil. */
    public void removeDevice() {
        lock.lock();
        try {
            removed = true;
            armed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the device was unplugged. */
    public boolean isRemoved() {
        return removed;
    }

    boolean takeAllocationFailure() {
        if (!armed) {
            return false;
        }
        lock.lock();
        try {
            return allocationFailures > 0 && allocationFailures-- > 0;
        } finally {
            lock.unlock();
        }
    }

    /** The fault that the next command buffer is to have, which is then used up. */
    public Optional<CommandBufferFault> takeCommandBufferFault() {
        if (!armed) {
            return Optional.empty();
        }
        lock.lock();
        try {
            return Optional.ofNullable(commandBufferFaults.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until command buffers may complete. */
    public void awaitCompletionAllowed() {
        if (!armed) {
            return;
        }
        lock.lock();
        try {
            while (holds > 0 && !removed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
