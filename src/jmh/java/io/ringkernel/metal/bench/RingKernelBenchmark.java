package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.runtime.DispatchPolicy;
import io.ringkernel.metal.runtime.KernelHandle;
import io.ringkernel.metal.runtime.KernelSource;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.MetalRuntime;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Messages of 64 bytes through one ring kernel that answers each with its payload, on the software device.
 *
 * <p>{@code call} is a round trip of one message, beside one dispatch of a kernel that does nothing. At saturation one
 * thread makes and sends envelopes, another receives the replies; a message may take 2 µs (500,000 a second). The
 * one-dispatch mode is the same with batches of one message.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingKernelBenchmark {
    private static final int BATCHED = 50_000;
    private static final int SINGLE = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final byte[] payload = new byte[64];

    private MetalDevice device;
    private MetalPipeline empty;
    private MetalCommandQueue queue;
    private MetalRuntime runtime;
    private MetalRuntime singleRuntime;
    private KernelHandle kernel;
    private KernelHandle single;
    private MessageEnvelope message;

    @Setup
    public void open() {
        device = MetalDevice.software();
        try (var library = device.newLibrary("kernel void empty() {}");
                var function = library.function("empty")) {
            empty = device.newPipeline(function);
        }
        queue = device.newCommandQueue();
        runtime = MetalRuntime.builder().device(device).start().join();
        kernel = launch(runtime);
        var oneByOne = DispatchPolicy.defaults().withMaxBatch(1);
        singleRuntime = MetalRuntime.builder()
                .device(device)
                .dispatchPolicy(oneByOne)
                .start()
                .join();
        single = launch(singleRuntime);
        message = newMessage();
    }

    private static KernelHandle launch(MetalRuntime runtime) {
        var options = LaunchOptions.builder()
                .maxPayloadBytes(64)
                .patience(PATIENCE)
                .activateAtOnce()
                .build();
        return runtime.launch("echo", options, KernelSource.echo()).join();
    }

    @TearDown
    public void close() {
        singleRuntime.close();
        runtime.close();
        queue.close();
        empty.close();
        device.close();
    }

    private MessageEnvelope newMessage() {
        return MessageEnvelope.of(MessageHeader.of(1, runtime.clock().tick()), payload);
    }

    @Benchmark
    @Goal(against = "emptyDispatch", atMost = 3)
    public MessageEnvelope call() {
        return kernel.call(message, PATIENCE).join();
    }

    @Benchmark
    public Object emptyDispatch() {
        return queue.run(empty, MetalSize.of(1)).join();
    }

    @Benchmark
    @OperationsPerInvocation(BATCHED)
    @Goal(atMost = 2_000)
    @Goal(against = "oneMessagePerDispatch", atMost = 1.0 / 20)
    public long saturated() {
        return stream(kernel, BATCHED);
    }

    @Benchmark
    @OperationsPerInvocation(SINGLE)
    public long oneMessagePerDispatch() {
        return stream(single, SINGLE);
    }

    private long stream(KernelHandle through, int messages) {
        var sender = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < messages; i++) {
                through.send(newMessage()).join();
            }
        });
        long bytes = 0;
        for (int i = 0; i < messages; i++) {
            bytes += through.receive().join().byteSize();
        }
        sender.join();
        return bytes;
    }
}
