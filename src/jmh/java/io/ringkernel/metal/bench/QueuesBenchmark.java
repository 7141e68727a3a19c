package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalCommandBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Eight long dispatches over one queue, and over eight queues that share the processors; and how much later the last of
 * eight queues ends than the first, which under fair sharing is little.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class QueuesBenchmark {
    private static final int QUEUES = 8;
    private static final int SIDE = 256;

    private MetalDevice device;
    private MetalPipeline pipeline;
    private MetalBuffer[] results;
    private MetalCommandQueue[] queues;
    private CompletableFuture<?> started = CompletableFuture.completedFuture(null);

    @Setup
    public void open() {
        device = MetalDevice.software();
        try (var library = device.newLibrary(BoundKernel.source("mandelbrot"));
                var function = library.function("mandelbrot")) {
            pipeline = device.newPipeline(function);
        }
        queues = IntStream.range(0, QUEUES)
                .mapToObj(i -> device.newCommandQueue())
                .toArray(MetalCommandQueue[]::new);
        results = IntStream.range(0, QUEUES)
                .mapToObj(i -> device.newBuffer((long) SIDE * SIDE * Integer.BYTES))
                .toArray(MetalBuffer[]::new);
    }

    @TearDown
    public void close() {
        for (int i = 0; i < QUEUES; i++) {
            queues[i].close();
            results[i].close();
        }
        pipeline.close();
        device.close();
    }

    private CompletableFuture<MetalCommandBuffer> start(int queue, int result) {
        return queues[queue].run(pipeline, MetalSize.of(SIDE, SIDE), results[result]);
    }

    @Benchmark
    public Object oneQueue() {
        return CompletableFuture.allOf(
                        IntStream.range(0, QUEUES).mapToObj(i -> start(0, i)).toArray(CompletableFuture<?>[]::new))
                .join();
    }

    @Benchmark
    @Goal(against = "oneQueue", atMost = 1.2)
    @Goal(against = "firstOfEightQueues")
    public Object eightQueues() {
        return CompletableFuture.allOf(startAll()).join();
    }

    @Benchmark
    public Object firstOfEightQueues() {
        var all = startAll();
        started = CompletableFuture.allOf(all);
        return CompletableFuture.anyOf(all).join();
    }

    /** Nothing is running when an invocation begins. */
    @TearDown(Level.Invocation)
    public void await() {
        started.join();
    }

    private CompletableFuture<?>[] startAll() {
        return IntStream.range(0, QUEUES).mapToObj(i -> start(i, i)).toArray(CompletableFuture<?>[]::new);
    }
}
