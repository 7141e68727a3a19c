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
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * 10,000 messages through a pipeline of 8 kernels on the software device, until the host has all results: kernels that
 * send into each other's inboxes on the GPU, and the same handlers with the host carrying each message. At the end it
 * prints how many command buffers each way took for 10,000 messages.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class KernelGraphBenchmark {
    /** What travels. */
    public record Token(long value) {}

    private static final int KERNELS = 8;
    private static final int MESSAGES = 10_000;
    private static final int CAPACITY = 4096;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final RecordCodec<Token> TOKEN = RecordCodec.of(Token.class);

    /** Of every stage, on both sides. */
    @Param({"SEQUENTIAL", "PARALLEL"})
    public LaunchOptions.Handling handling;

    private MetalDevice device;
    private MetalRuntime direct;
    private KernelGraph graph;
    private MetalRuntime routed;
    private KernelHandle first;
    private KernelHandle last;
    private long directRuns;
    private long routedRuns;

    private static String name(int kernel) {
        return "stage " + kernel;
    }

    private static KernelSource stage(int kernel) {
        long next = kernel + 1 < KERNELS ? KernelId.of(name(kernel + 1)).number() : KernelId.HOST.number();
        return KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    Token next = {message_as<Token>(ring).value + 1l};
                    send(ring, 0x%xul, next);
                }
                """.formatted(next), Token.class);
    }

    @Setup
    public void open() {
        device = MetalDevice.software();
        var options = LaunchOptions.builder()
                .maxPayloadBytes(64)
                .inputCapacity(CAPACITY)
                .outputCapacity(CAPACITY)
                .patience(PATIENCE)
                .handling(handling)
                .activateAtOnce()
                .build();
        direct = runtime();
        var builder = direct.graph().inboxCapacity(CAPACITY);
        routed = runtime();
        for (int i = 0; i < KERNELS; i++) {
            builder.kernel(name(i), options, stage(i));
            var handle = routed.launch(name(i), options, stage(i)).join();
            first = i == 0 ? handle : first;
            last = handle;
        }
        for (int i = 0; i + 1 < KERNELS; i++) {
            builder.route(name(i), name(i + 1));
        }
        graph = builder.launch().join();
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
        pass(direct, graph.kernel(name(0)), graph.kernel(name(KERNELS - 1)));
        directRuns++;
    }

    @Benchmark
    public void hostRouted() {
        pass(routed, first, last);
        routedRuns++;
    }

    private static void pass(MetalRuntime runtime, KernelHandle from, KernelHandle to) {
        var results = new ArrayList<CompletableFuture<MessageEnvelope>>(MESSAGES);
        for (int i = 0; i < MESSAGES; i++) {
            results.add(to.receive());
        }
        var tokens = new ArrayList<MessageEnvelope>(MESSAGES);
        for (int i = 0; i < MESSAGES; i++) {
            tokens.add(MessageEnvelope.of(TOKEN, new Token(i), runtime.clock().tick()));
        }
        from.sendAll(tokens).join();
        results.forEach(CompletableFuture::join);
    }
}
