package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.halo.HaloEdge;
import io.ringkernel.metal.halo.HaloExchangeConfig;
import io.ringkernel.metal.halo.HaloStrategy;
import io.ringkernel.metal.halo.MetalHaloExchange;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One exchange of all halos on the software device, from encoding to completed future: direct and through inboxes.
 * Beside it the same ghost cells copied by hand-written Java in the same memory, by as many threads as the device has,
 * and by a host that gathers the domain and scatters it again with its halos.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class HaloExchangeBenchmark {

    /** The tiles: 8 x 8 of 64 x 64 floats, or 4 x 4 x 4 of 64 x 64 x 64, a halo of 1 on the faces, open edges. */
    @Param({"2D", "3D"})
    public String tiles;

    private static final int TOGETHER = 100;

    private MetalDevice device;
    private MetalCommandQueue queue;
    private MetalBuffer memory;
    private MetalHaloExchange direct;
    private MetalHaloExchange mailbox;
    private HandWrittenExchange byHand;

    @Setup
    public void open() {
        var config = tiles.equals("2D")
                ? HaloExchangeConfig.grid2d(8, 8).tile(64, 64)
                : HaloExchangeConfig.grid3d(4, 4, 4).tile(64, 64, 64);
        config = config.edges(HaloEdge.open());
        device = MetalDevice.software();
        queue = device.newCommandQueue();
        direct = new MetalHaloExchange(config);
        direct.initialize(device);
        mailbox = new MetalHaloExchange(config.strategy(HaloStrategy.MAILBOX));
        mailbox.initialize(device);
        memory = device.newBuffer(direct.grid().byteSize());
        byHand = new HandWrittenExchange(direct.grid(), memory.contents());
    }

    @TearDown
    public void close() {
        byHand.close();
        direct.close();
        mailbox.close();
        memory.close();
        queue.close();
        device.close();
    }

    @Benchmark
    @Goal(against = "handWrittenJava", atMost = 3)
    @Goal(against = "hostPath")
    public Object direct() {
        return direct.exchange(memory).join();
    }

    /** As a simulation has it: many in one command buffer. */
    @Benchmark
    @OperationsPerInvocation(TOGETHER)
    @Goal(against = "handWrittenJava", atMost = 3)
    public Object directManyInOneCommandBuffer() {
        var slices = direct.grid().slices(memory);
        try (var commands = queue.commandBuffer()) {
            try (var encoder = commands.computeEncoder()) {
                for (int i = 0; i < TOGETHER; i++) {
                    direct.encode(encoder, slices);
                }
            }
            return commands.commit().join();
        }
    }

    @Benchmark
    @Goal(against = "handWrittenJava")
    public Object mailbox() {
        return mailbox.exchange(memory).join();
    }

    @Benchmark
    public void handWrittenJava() {
        byHand.exchangeOnAllThreads();
    }

    @Benchmark
    public void hostPath() {
        byHand.exchangeThroughTheUndividedArray();
    }
}
