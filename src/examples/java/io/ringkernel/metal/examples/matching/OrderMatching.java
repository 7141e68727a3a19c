package io.ringkernel.metal.examples.matching;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.runtime.KernelHandle;
import io.ringkernel.metal.runtime.KernelSource;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.MetalRuntime;
import io.ringkernel.metal.wire.RecordCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletionException;

/**
 * A ring kernel that keeps an order book: orders in, fills out. One thread sends, one receives, and every fill is
 * compared with plain Java's.
 */
public final class OrderMatching {
    /** How many orders a run sends. */
    public static final int ORDERS = 100_000;

    /** How many runs there are. */
    public static final int RUNS = 2;

    private static final int CALLS = 2_000;
    private static final long SEED = 42;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RecordCodec<Fill> FILL = RecordCodec.of(Fill.class);

    private final Runnable progress;
    private final Order[] orders = new Order[ORDERS + CALLS];
    private final Fill[] expected = new Fill[ORDERS + CALLS];
    private final long[] sentNanos = new long[ORDERS];
    private final long[] latencyNanos = new long[ORDERS];

    private OrderMatching(Runnable progress) {
        this.progress = progress;
        var random = new Random(SEED);
        var book = Book.empty();
        for (int id = 0; id < orders.length; id++) {
            orders[id] = new Order(id, random.nextInt(2), 40 + random.nextInt(48), 1 + random.nextInt(100));
            expected[id] = book.match(orders[id]);
        }
    }

    /**
     * Whether every fill is plain Java's.
     *
     * @param handler the MSL of the kernel * @param timeline where the timeline of the runs is written
     * @param progress called for each fill received
     * @throws IOException if the timeline cannot be written
     */
    public static boolean run(MetalDevice device, String handler, Path timeline, Runnable progress) throws IOException {
        return new OrderMatching(progress).run(device, handler, timeline);
    }

    private boolean run(MetalDevice device, String handler, Path timeline) throws IOException {
        try (var runtime = MetalRuntime.builder().device(device).start().join();
                var recording = runtime.startRecording()) {
            int different = match(runtime, handler, "first run, while the JVM compiles")
                    + match(runtime, handler, "second run, with an empty book again");
            System.out.println(different == 0 ? "  every fill is the same" : "  DIFFERENT fills: " + different);
            Files.createDirectories(timeline.getParent());
            recording.writeTo(timeline);
            System.out.println("  timeline, for https://ui.perfetto.dev: " + timeline);
            return different == 0;
        } catch (InterruptedException | CompletionException e) {
            System.out.println("  FAILED: " + e);
            return false;
        }
    }

    private int match(MetalRuntime runtime, String handler, String title) throws InterruptedException {
        var source = KernelSource.handler(handler, Order.class, Fill.class, Book.class);
        var options = LaunchOptions.builder()
                .initialState(Book.empty())
                .maxPayloadBytes(FILL.byteSize())
                .patience(PATIENCE)
                .activateAtOnce()
                .build();
        var kernel = runtime.launch("order-matcher", options, source).join();
        long start = System.nanoTime();
        var sender = Thread.ofPlatform().start(() -> send(kernel));
        int different = receive(kernel);
        long nanos = System.nanoTime() - start;
        sender.join();
        System.out.println("  " + title);
        show(kernel, nanos);
        different += call(kernel);
        kernel.terminate().join();
        return different;
    }

    private void send(KernelHandle kernel) {
        for (int id = 0; id < ORDERS; id++) {
            sentNanos[id] = System.nanoTime();
            kernel.send(orders[id]).join();
        }
    }

    private int receive(KernelHandle kernel) {
        int different = 0;
        for (int id = 0; id < ORDERS; id++) {
            var fill = kernel.receive(PATIENCE).join().decode(FILL);
            latencyNanos[id] = System.nanoTime() - sentNanos[id];
            different += fill.equals(expected[id]) ? 0 : 1;
            progress.run();
        }
        return different;
    }

    private void show(KernelHandle kernel, long nanos) {
        System.out.printf("    %,d orders: %,.0f orders/s, compared meanwhile%n", ORDERS, ORDERS / (nanos / 1e9));
        System.out.printf(
                "    %.0f orders in an average dispatch%n", kernel.metrics().messagesPerDispatch());
        System.out.println("    from send to fill under this load: " + percentiles(latencyNanos));
    }

    private int call(KernelHandle kernel) {
        var latency = new long[CALLS];
        int different = 0;
        for (int i = 0; i < CALLS; i++) {
            int id = ORDERS + i;
            long start = System.nanoTime();
            var fill = kernel.call(orders[id], Fill.class, PATIENCE).join();
            latency[i] = System.nanoTime() - start;
            different += fill.equals(expected[id]) ? 0 : 1;
        }
        System.out.printf("    %,d single calls: %s%n", CALLS, percentiles(latency));
        return different;
    }

    private static String percentiles(long[] nanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return "median %.0f µs, 99 %% within %.0f µs, longest %.0f µs"
                .formatted(sorted[last / 2] / 1e3, sorted[(int) (last * 0.99)] / 1e3, sorted[last] / 1e3);
    }
}
