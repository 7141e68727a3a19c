package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.halo.HaloEdge;
import io.ringkernel.metal.halo.HaloExchangeConfig;
import io.ringkernel.metal.halo.MetalHaloExchange;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One step of the heat equation on 8 x 8 tiles of 64 x 64 floats: ghost cells exchanged, then the stencil. 100 steps
 * share a command buffer, as a simulation has it. The alternative does the same on float[], tile by tile.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HeatTilesBenchmark {
    private static final int STEPS = 100;
    private static final int TILES = 8;
    private static final int SIDE = 64;
    private static final int PITCH = SIDE + 2;
    private static final int TILE = PITCH * PITCH;
    private static final int CELLS = TILES * TILES * TILE;

    private final Parallel parallel = new Parallel();
    private MetalDevice device;
    private MetalCommandQueue queue;
    private MetalPipeline pipeline;
    private MetalHaloExchange exchange;
    private MetalBuffer first;
    private MetalBuffer second;
    private float[] now;
    private float[] next;

    @Setup
    public void open() {
        var random = new Random(42);
        now = new float[CELLS];
        next = new float[CELLS];
        for (int i = 0; i < CELLS; i++) {
            int x = i % PITCH;
            int y = i % TILE / PITCH;
            now[i] = x > 0 && x <= SIDE && y > 0 && y <= SIDE ? random.nextFloat() : 0;
        }
        device = MetalDevice.software();
        queue = device.newCommandQueue();
        try (var library = device.newLibrary(BoundKernel.source("heat_tiles"));
                var function = library.function("heat_tiles")) {
            pipeline = device.newPipeline(function);
        }
        exchange = new MetalHaloExchange(
                HaloExchangeConfig.grid2d(TILES, TILES).tile(SIDE, SIDE).edges(HaloEdge.open()));
        exchange.initialize(device);
        first = device.newBufferOf(now);
        second = device.newBufferOf(next);
        metal();
        java();
        if (!Arrays.equals(now, first.readFloats(0, CELLS))) {
            throw new IllegalStateException("the kernel and plain Java disagree");
        }
    }

    @TearDown
    public void close() {
        parallel.close();
        exchange.close();
        pipeline.close();
        queue.close();
        device.close();
    }

    @Benchmark
    @Goal(against = "java", atMost = 1.5)
    @OperationsPerInvocation(STEPS)
    public Object metal() {
        var firstTiles = exchange.grid().slices(first);
        var secondTiles = exchange.grid().slices(second);
        try (var commands = queue.commandBuffer()) {
            try (var encoder = commands.computeEncoder()) {
                for (int i = 0; i < STEPS; i++) {
                    boolean even = i % 2 == 0;
                    exchange.encode(encoder, even ? firstTiles : secondTiles);
                    encoder.setPipeline(pipeline);
                    encoder.setBuffer(0, even ? first : second);
                    encoder.setBuffer(1, even ? second : first);
                    encoder.dispatchThreads(MetalSize.of(SIDE, SIDE, TILES * TILES), MetalSize.of(64, 4));
                }
            }
            return commands.commit().join();
        }
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public float[] java() {
        for (int i = 0; i < STEPS; i++) {
            parallel.run(TILES * TILES, this::exchange);
            parallel.run(TILES * TILES, this::step);
            var written = next;
            next = now;
            now = written;
        }
        return now;
    }

    private void exchange(int from, int to) {
        for (int tile = from; tile < to; tile++) {
            int start = tile * TILE;
            if (tile % TILES > 0) {
                copyColumn(start - TILE + SIDE, start);
            }
            if (tile % TILES < TILES - 1) {
                copyColumn(start + TILE + 1, start + SIDE + 1);
            }
            if (tile >= TILES) {
                System.arraycopy(now, start - TILES * TILE + SIDE * PITCH + 1, now, start + 1, SIDE);
            }
            if (tile < TILES * (TILES - 1)) {
                System.arraycopy(now, start + TILES * TILE + PITCH + 1, now, start + (SIDE + 1) * PITCH + 1, SIDE);
            }
        }
    }

    private void copyColumn(int source, int target) {
        for (int y = 1; y <= SIDE; y++) {
            now[target + y * PITCH] = now[source + y * PITCH];
        }
    }

    private void step(int from, int to) {
        for (int tile = from; tile < to; tile++) {
            for (int y = 1; y <= SIDE; y++) {
                int start = tile * TILE + y * PITCH + 1;
                for (int i = start; i < start + SIDE; i++) {
                    float around = (now[i - PITCH] + now[i + PITCH]) + (now[i - 1] + now[i + 1]);
                    next[i] = now[i] + 0.2f * (around - 4 * now[i]);
                }
            }
        }
    }
}
