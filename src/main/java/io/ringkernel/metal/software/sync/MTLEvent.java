package io.ringkernel.metal.software.sync;

import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.function.BooleanSupplier;

/** A value that command buffers raise and wait for. It never goes down when a GPU signals. */
public class MTLEvent extends LabeledObject {
    private static final long POLL_MILLIS = 50;

    private final Object lock = new Object();
    private long value;

    public MTLEvent(Origin origin) {
        super(origin);
    }

    /** The value now. */
    public final long value() {
        synchronized (lock) {
            return value;
        }
    }

    /** Raises the value, as a command buffer does; a lower one changes nothing, and cannot be what was meant. */
    public final void signal(long raised) {
        synchronized (lock) {
            if (Long.compareUnsigned(raised, value) < 0) {
                runtime()
                        .violations()
                        .record(
                                ViolationKind.SYNCHRONIZATION,
                                "a command buffer signals less than the event's value %s: %s"
                                        .formatted(Long.toUnsignedString(value), Long.toUnsignedString(raised)));
            } else if (raised != value) {
                value = raised;
                lock.notifyAll();
            }
        }
        reached(value());
    }

    /** Sets the value, as the CPU may. */
    protected final void assign(long replacement) {
        synchronized (lock) {
            value = replacement;
            lock.notifyAll();
        }
        reached(replacement);
    }

    /** Called after the value changed. */
    void reached(long now) {}

    /**
     * Waits until the value is reached.
     *
     * @param givenUp asked now and then, and obeyed: the device was removed
     * @return whether it was reached
     */
    public final boolean await(long wanted, BooleanSupplier givenUp) {
        while (!await(wanted, POLL_MILLIS)) {
            if (givenUp.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** Waits until the value is reached or the time is over; returns whether it was reached. Not interruptible. */
    final boolean await(long wanted, long milliseconds) {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        boolean interrupted = false;
        synchronized (lock) {
            long left = milliseconds;
            while (Long.compareUnsigned(value, wanted) < 0 && left > 0) {
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = Math.ceilDiv(end - System.nanoTime(), 1_000_000L);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return Long.compareUnsigned(value, wanted) >= 0;
        }
    }
}
