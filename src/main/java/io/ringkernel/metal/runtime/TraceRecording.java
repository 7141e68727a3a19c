package io.ringkernel.metal.runtime;

import io.ringkernel.metal.runtime.engine.Timeline;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What happened in a runtime while this was open, as a timeline: compilations, dispatches with their batches, state
 * changes, failed messages, one row for each kernel.
 *
 * <p>The file is in the Trace Event Format, which <a href="https://ui.perfetto.dev">Perfetto</a> and
 * {@code chrome://tracing} open.
 *
 * <p><b>Bounds.</b> A recording keeps at most {@link #MAX_EVENTS}; what happens after that is counted only, see
 * {@link #dropped()}.
 *
 * <p><b>Threads.</b> Any number.
 */
public final class TraceRecording implements AutoCloseable {
    /** The most events that a recording keeps. */
    public static final int MAX_EVENTS = 1_000_000;

    private final Timeline timeline;
    private final Runnable closing;

    TraceRecording(Timeline timeline, Runnable closing) {
        this.timeline = timeline;
        this.closing = closing;
    }

    /** How many events were recorded. */
    public int size() {
        return timeline.size();
    }

    /** How many events came when the recording was full. */
    public long dropped() {
        return timeline.dropped();
    }

    /** Ends the recording; it can still be written. Idempotent. */
    @Override
    public void close() {
        closing.run();
    }

    /**
     * Writes everything recorded so far.
     *
     * @throws IOException if the file cannot be written
     */
    public void writeTo(Path file) throws IOException {
        timeline.writeTo(file);
    }
}
