package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One dispatch of a kernel that does nothing, from commit to completed future, on the software device; beside it what
 * any such design pays at least: handing a token to another thread and getting it back. And eight dispatches in one
 * command buffer, which must cost less than two command buffers.
 *
 * <p>Two hand-offs are measured, since what one costs depends on how its threads wait: parked, as the driver's do,
 * which use no processor meanwhile; and through a {@link SynchronousQueue}, which spins while a processor is free for
 * it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EmptyDispatchBenchmark {
    private static final int DISPATCHES = 8;
    private static final MetalSize ONE = MetalSize.of(1);

    private final SynchronousQueue<Boolean> there = new SynchronousQueue<>();
    private final SynchronousQueue<Boolean> back = new SynchronousQueue<>();
    private volatile Thread client;
    private volatile boolean isHanded;

    private MetalDevice device;
    private MetalPipeline pipeline;
    private MetalCommandQueue queue;
    private Thread other;
    private Thread parked;

    @Setup
    public void open() {
        device = MetalDevice.software();
        try (var library = device.newLibrary("kernel void empty() {}");
                var function = library.function("empty")) {
            pipeline = device.newPipeline(function);
        }
        queue = device.newCommandQueue();
        other = Thread.ofPlatform().daemon().start(this::handBack);
        parked = Thread.ofPlatform().daemon().start(this::handBackFromPark);
    }

    @TearDown
    public void close() {
        other.interrupt();
        parked.interrupt();
        queue.close();
        pipeline.close();
        device.close();
    }

    @Benchmark
    @Goal(against = "parkedHandOff", atMost = 3)
    @Goal(against = "spinningHandOff")
    public Object emptyDispatch() {
        return queue.run(pipeline, ONE).join();
    }

    @Benchmark
    @Goal(against = "twoCommandBuffers", atMost = 1)
    public Object eightDispatches() {
        try (var commands = queue.commandBuffer()) {
            try (var encoder = commands.computeEncoder()) {
                encoder.setPipeline(pipeline);
                for (int i = 0; i < DISPATCHES; i++) {
                    encoder.dispatchThreads(ONE, ONE);
                }
            }
            return commands.commit().join();
        }
    }

    @Benchmark
    public Object twoCommandBuffers() {
        queue.run(pipeline, ONE);
        return queue.run(pipeline, ONE).join();
    }

    @Benchmark
    public void parkedHandOff() {
        client = Thread.currentThread();
        isHanded = true;
        LockSupport.unpark(parked);
        while (isHanded) {
            LockSupport.park(this);
        }
    }

    private void handBackFromPark() {
        while (!Thread.interrupted()) {
            if (isHanded) {
                isHanded = false;
                LockSupport.unpark(client);
            } else {
                LockSupport.park(this);
            }
        }
    }

    @Benchmark
    public Object spinningHandOff() throws InterruptedException {
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
