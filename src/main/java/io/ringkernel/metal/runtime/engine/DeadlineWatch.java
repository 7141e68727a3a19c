package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.hlc.HlcTimestamp;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Future;

/**
 * Looks at a kernel's queue when the deadline of a message passes that waits there: it is reported then, not when the
 * kernel has time for it. There is one alarm, for the next deadline.
 */
final class DeadlineWatch {
    private static final long SHORTEST_MICROS = 1000;

    /** What comes later is looked at then, and waited for again. */
    private static final long LONGEST_MICROS = 86_400_000_000L;

    private final RuntimeContext context;
    private final Runnable look;
    private long nextMicros = Long.MAX_VALUE;
    private Future<?> alarm;

    /**
     * A watch that waits for deadlines.
     *
     * @param look ends what is past its deadline, and tells of all deadlines to come; runs on the executor
     */
    DeadlineWatch(RuntimeContext context, Runnable look) {
        this.context = context;
        this.look = look;
    }

    /** A message waits in the queue until then. */
    synchronized void add(HlcTimestamp deadline) {
        long micros = deadline.physicalMicros();
        if (micros >= nextMicros || micros < 0) {
            return; // the one that is set comes first, or no clock will ever come so far
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        nextMicros = micros;
        long left = micros - context.clock().now().physicalMicros();
        // The logical part of a deadline takes the clock a moment more, and so does a clock that runs slowly.
        var delay = Duration.of(Math.clamp(left, SHORTEST_MICROS, LONGEST_MICROS), ChronoUnit.MICROS);
        alarm = context.alarms().set(delay, () -> context.executor().execute(this::ring));
    }

    private void ring() {
        synchronized (this) {
            nextMicros = Long.MAX_VALUE;
            alarm = null;
        }
        look.run();
    }
}
