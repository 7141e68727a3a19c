package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One dispatch of a kernel that does nothing, from commit to completed future, on the software device; beside it what
 * any such design pays at least: handing a token to another thread and getting it back.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EmptyDispatchBenchmark {

    private final SynchronousQueue<Boolean> there = new SynchronousQueue<>();
    private final SynchronousQueue<Boolean> back = new SynchronousQueue<>();

    private MetalDevice device;
    private MetalPipeline pipeline;
    private MetalCommandQueue queue;
    private Thread other;

    @Setup
    public void open() {
        device = MetalDevice.software();
        try (var library = device.newLibrary("kernel void empty() {}");
                var function = library.function("empty")) {
            pipeline = device.newPipeline(function);
        }
        queue = device.newCommandQueue();
        other = Thread.ofPlatform().daemon().start(this::handBack);
    }

    @TearDown
    public void close() {
        other.interrupt();
        queue.close();
        pipeline.close();
        device.close();
    }

    @Benchmark
    public Object emptyDispatch() {
        return queue.run(pipeline, MetalSize.of(1)).join();
    }

    @Benchmark
    public Object threadHandOff() throws InterruptedException {
        there.put(true);
        return back.take();
    }

    private void handBack() {
        try {
            while (true) {
                back.put(there.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
