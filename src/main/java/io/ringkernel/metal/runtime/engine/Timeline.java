package io.ringkernel.metal.runtime.engine;

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
 * What happens in a runtime, with one row for each kernel, up to so many events. Any number of threads.
 *
 * @see <a href="https://ui.perfetto.dev">Perfetto, which shows the file</a>
 */
public final class Timeline {
    private static final long PROCESS = 1;

    /** One thing that happened; durationNanos is negative for what has none. */
    private record Entry(
            String name, KernelId kernel, long startNanos, long durationNanos, Map<String, Object> details) {}

    private final int capacity;
    private final long originNanos = System.nanoTime();
    private final List<Entry> entries = new ArrayList<>();
    private long dropped;

    /** An empty timeline for so many events. */
    public Timeline(int capacity) {
        this.capacity = capacity;
    }

    void span(String name, KernelId kernel, long startNanos, long durationNanos, Map<String, Object> details) {
        add(new Entry(name, kernel, startNanos, durationNanos, details));
    }

    void instant(String name, KernelId kernel, Map<String, Object> details) {
        add(new Entry(name, kernel, System.nanoTime(), -1, details));
    }

    private synchronized void add(Entry entry) {
        if (entries.size() == capacity) {
            dropped++;
        } else {
            entries.add(entry);
        }
    }

    /** How many events were recorded. */
    public synchronized int size() {
        return entries.size();
    }

    /** How many events came when this was full. */
    public synchronized long dropped() {
        return dropped;
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
