package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.halo.HaloEdge;
import io.ringkernel.metal.halo.HaloExchangeConfig;
import io.ringkernel.metal.halo.MetalHaloExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A hundred time steps of a heat equation on the software device, each an exchange and a stencil: all in one command
 * buffer, or each in one of its own that the host waits for. The smaller the tiles, the more the waiting costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimeStepsBenchmark {

    private static final int STEPS = 100;
    private static final String SOURCE = """
            #include <metal_stdlib>
            using namespace metal;

            struct Shape { uint row; uint tile; uint first; float rate; };

            kernel void heat(
                const device float* now [[buffer(0)]],
                device float* next [[buffer(1)]],
                constant Shape& shape [[buffer(2)]],
                uint3 at [[thread_position_in_grid]]) {
                uint i = shape.first + at.z * shape.tile + at.y * shape.row + at.x;
                float around = now[i - shape.row] + now[i + shape.row] + now[i - 1u] + now[i + 1u];
                next[i] = now[i] + shape.rate * (around - 4.0f * now[i]);
            }
            """;

    /** Cells along the side of a tile; there are 4 x 4 tiles. */
    @Param({"8", "64"})
    public int tile;

    private MetalDevice device;
    private MetalCommandQueue queue;
    private MetalPipeline heat;
    private MetalHaloExchange exchange;
    private final MetalBuffer[] memory = new MetalBuffer[2];
    private final List<List<MetalBufferSlice>> tiles = new ArrayList<>();

    @Setup
    public void open() {
        device = MetalDevice.software();
        queue = device.newCommandQueue();
        try (var library = device.newLibrary(SOURCE);
                var function = library.function("heat")) {
            heat = device.newPipeline(function);
        }
        exchange = new MetalHaloExchange(
                HaloExchangeConfig.grid2d(4, 4).tile(tile, tile).edges(HaloEdge.clamped()));
        exchange.initialize(device);
        for (int i = 0; i < memory.length; i++) {
            memory[i] = device.newBuffer(exchange.grid().byteSize());
            tiles.add(exchange.grid().slices(memory[i]));
        }
    }

    @TearDown
    public void close() {
        memory[1].close();
        memory[0].close();
        exchange.close();
        heat.close();
        queue.close();
        device.close();
    }

    @Benchmark
    @Goal(against = "oneSubmissionForEachStep", atMost = 0.5)
    public Object oneCommandBuffer() {
        try (var commands = queue.commandBuffer()) {
            try (var encoder = commands.computeEncoder()) {
                for (int step = 0; step < STEPS; step++) {
                    encodeStep(encoder, step);
                }
            }
            return commands.commit().join();
        }
    }

    @Benchmark
    public void oneSubmissionForEachStep() {
        for (int step = 0; step < STEPS; step++) {
            try (var commands = queue.commandBuffer()) {
                try (var encoder = commands.computeEncoder()) {
                    encodeStep(encoder, step);
                }
                commands.commit().join();
            }
        }
    }

    private void encodeStep(MetalComputeEncoder encoder, int step) {
        var grid = exchange.grid();
        exchange.encode(encoder, tiles.get(step % 2));
        encoder.setPipeline(heat);
        encoder.setBuffer(0, memory[step % 2]);
        encoder.setBuffer(1, memory[1 - step % 2]);
        encoder.setInts(2, grid.pitch(0), grid.fieldCells(), grid.cellIndex(0, 0, 0), Float.floatToRawIntBits(0.2f));
        var threads = MetalSize.of(tile, tile, grid.tileCount());
        encoder.dispatchThreads(threads, heat.threadgroupSizeFor(threads));
    }
}
