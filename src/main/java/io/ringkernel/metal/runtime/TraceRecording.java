package io.ringkernel.metal.runtime;

import io.ringkernel.metal.wire.KernelId;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private static final long PROCESS = 1;

    /** One thing that happened; durationNanos is negative for what has none. */
    private record Entry(
            String name, KernelId kernel, long startNanos, long durationNanos, Map<String, Object> details) {}

    private final Runnable closing;
    private final long originNanos = System.nanoTime();
    private final List<Entry> entries = new ArrayList<>();
    private long dropped;

    TraceRecording(Runnable closing) {
        this.closing = closing;
    }

    void span(String name, KernelId kernel, long startNanos, long durationNanos, Map<String, Object> details) {
        add(new Entry(name, kernel, startNanos, durationNanos, details));
    }

    void instant(String name, KernelId kernel, Map<String, Object> details) {
        add(new Entry(name, kernel, System.nanoTime(), -1, details));
    }

    private synchronized void add(Entry entry) {
        if (entries.size() == MAX_EVENTS) {
            dropped++;
        } else {
            entries.add(entry);
        }
    }

    /** How many events were recorded. */
    public synchronized int size() {
        return entries.size();
    }

    /** How many events came when the recording was full. */
    public synchronized long dropped() {
        return dropped;
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
        List<Entry> all;
        synchronized (this) {
            all = List.copyOf(entries);
        }
        try (var writer = Files.newBufferedWriter(file)) {
            write(all, writer);
        }
    }

    private void write(List<Entry> all, Writer writer) throws IOException {
        var rows = new LinkedHashMap<KernelId, Integer>();
        all.forEach(entry -> rows.putIfAbsent(entry.kernel, rows.size() + 1));
        writer.write("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
        writer.write(
                "{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":%d,\"tid\":0,\"args\":{\"name\":\"ring kernels\"}}"
                        .formatted(PROCESS));
        for (var row : rows.entrySet()) {
            writer.write(",\n{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":%d,\"tid\":%d,\"args\":{\"name\":%s}}"
                    .formatted(PROCESS, row.getValue(), quoted(row.getKey().name())));
        }
        for (var entry : all) {
            writer.write(",\n" + line(entry, rows.get(entry.kernel)));
        }
        writer.write("\n]}\n");
    }

    private String line(Entry entry, int row) {
        var shape = entry.durationNanos < 0
                ? "\"ph\":\"i\",\"s\":\"t\""
                : "\"ph\":\"X\",\"dur\":" + micros(entry.durationNanos);
        return "{\"name\":%s,\"cat\":\"ringkernel\",%s,\"ts\":%s,\"pid\":%d,\"tid\":%d,\"args\":{%s}}"
                .formatted(
                        quoted(entry.name),
                        shape,
                        micros(entry.startNanos - originNanos),
                        PROCESS,
                        row,
                        details(entry));
    }

    private static String details(Entry entry) {
        var members = new ArrayList<String>();
        entry.details.forEach((key, value) ->
                members.add(quoted(key) + ":" + (value instanceof Number ? value : quoted(String.valueOf(value)))));
        return String.join(",", members);
    }

    /** The format counts in microseconds; fractions are allowed. */
    private static String micros(long nanos) {
        return nanos / 1_000 + "." + "%03d".formatted(Math.floorMod(nanos, 1_000));
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
