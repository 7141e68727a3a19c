package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.runtime.KernelGraph;
import io.ringkernel.metal.runtime.KernelHandle;
import io.ringkernel.metal.runtime.KernelSource;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.MetalRuntime;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.RecordCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * 10,000 messages through a pipeline of 8 kernels on the software device, until the last one has them all and says
 * their sum: kernels that send into each other's inboxes on the GPU, and the same handlers with the host carrying each
 * message. At the end it prints how many command buffers each way took for 10,000 messages.
 *
 * <p>The JIT compiler takes each kernel by itself, which is not done in the usual time: the set-up runs what is
 * measured for some seconds more.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class KernelGraphBenchmark {
    /** What travels. */
    public record Token(long value) {}

    /** What the last kernel makes of it. */
    public record Total(long sum) {}

    private static final int KERNELS = 8;
    private static final int MESSAGES = 10_000;
    private static final int CAPACITY = 4096;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final RecordCodec<Token> TOKEN = RecordCodec.of(Token.class);
    private static final RecordCodec<Total> TOTAL = RecordCodec.of(Total.class);

    /** Of every stage but the last one, which counts, on both sides. */
    @Param({"SEQUENTIAL", "PARALLEL"})
    public LaunchOptions.Handling handling;

    private MetalDevice device;
    private MetalRuntime direct;
    private KernelGraph graph;
    private MetalRuntime routed;
    private KernelHandle first;
    private KernelHandle last;
    private List<MessageEnvelope> tokens;
    private long directRuns;
    private long routedRuns;

    private static String name(int kernel) {
        return "stage " + kernel;
    }

    private static KernelSource stage(int kernel) {
        return KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    Token next = {message_as<Token>(ring).value + 1l};
                    send(ring, 0x%xul, next);
                }
                """.formatted(KernelId.of(name(kernel + 1)).number()), Token.class);
    }

    private static KernelSource lastStage() {
        return KernelSource.handler("""
                struct Count { long messages; long sum; };

                void handle(thread RingContext& ring) {
                    device Count& count = state_as<Count>(ring);
                    count.messages += 1l;
                    count.sum += message_as<Token>(ring).value;
                    if (count.messages == %dl) {
                        Total total = {count.sum};
                        count.messages = 0l;
                        count.sum = 0l;
                        send(ring, 0ul, total);
                    }
                }
                """.formatted(MESSAGES), Token.class, Total.class);
    }

    @Setup
    public void open(BenchmarkParams params) {
        device = MetalDevice.software();
        var options = LaunchOptions.builder()
                .maxPayloadBytes(64)
                .inputCapacity(CAPACITY)
                .outputCapacity(CAPACITY)
                .stateBytes(16)
                .patience(PATIENCE)
                .activateAtOnce()
                .build();
        var stages = options.toBuilder().handling(handling).build();
        direct = runtime();
        var builder = direct.graph().inboxCapacity(CAPACITY);
        routed = runtime();
        String end = name(KERNELS - 1);
        builder.kernel(end, options, lastStage());
        last = routed.launch(end, options, lastStage()).join();
        for (int i = KERNELS - 2; i >= 0; i--) {
            builder.kernel(name(i), stages, stage(i)).route(name(i), name(i + 1));
            first = routed.launch(name(i), stages, stage(i)).join();
        }
        graph = builder.launch().join();
        tokens = LongStream.range(0, MESSAGES)
                .mapToObj(i ->
                        MessageEnvelope.of(TOKEN, new Token(i), direct.clock().tick()))
                .toList();
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP.toNanos()) {
            if (params.getBenchmark().endsWith("gpuDirect")) {
                gpuDirect();
            } else {
                hostRouted();
            }
        }
    }

    private MetalRuntime runtime() {
        return MetalRuntime.builder()
                .device(device)
                .k2k(K2KConfig.defaults().withDeliveryTimeout(PATIENCE))
                .start()
                .join();
    }

    @TearDown
    public void close() {
        if (directRuns > 0) {
            System.out.printf(
                    "GPU-direct: %d command buffers%n", direct.metrics().commandBuffers() / directRuns);
        }
        if (routedRuns > 0) {
            System.out.printf(
                    "host-routed: %d command buffers%n", routed.metrics().commandBuffers() / routedRuns);
        }
        direct.close();
        routed.close();
        device.close();
    }

    @Benchmark
    @Goal(against = "hostRouted", atMost = 0.25)
    public void gpuDirect() {
        pass(graph.kernel(name(0)), graph.kernel(name(KERNELS - 1)));
        directRuns++;
    }

    @Benchmark
    public void hostRouted() {
        pass(first, last);
        routedRuns++;
    }

    private void pass(KernelHandle from, KernelHandle to) {
        var result = to.receive();
        from.sendAll(tokens).join();
        long sum = result.join().decode(TOTAL).sum();
        if (sum != (long) MESSAGES * (MESSAGES - 1) / 2 + (long) MESSAGES * (KERNELS - 1)) {
            throw new IllegalStateException("not all messages came through: " + sum);
        }
    }
}
