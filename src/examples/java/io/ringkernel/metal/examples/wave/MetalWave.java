package io.ringkernel.metal.examples.wave;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalCompileOptions;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalMathMode;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.halo.HaloEdge;
import io.ringkernel.metal.halo.HaloExchangeConfig;
import io.ringkernel.metal.halo.MetalHaloExchange;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The wave equation on tiles of a Metal device, whose halos are exchanged before each step. */
final class MetalWave implements AutoCloseable {

    private final MetalHaloExchange exchange;
    private final MetalCommandQueue queue;
    private final MetalPipeline step;
    private MetalBuffer now;
    private MetalBuffer previous;

    /** A wave at rest: each field of the domain is both the first step and the one before. */
    MetalWave(MetalDevice device, String source, WaveShape shape, float[][] fields) {
        exchange = new MetalHaloExchange(HaloExchangeConfig.grid2d(shape.tiles(), shape.tiles())
                .tile(shape.tileSide(), shape.tileSide())
                .fields(fields.length)
                .edges(HaloEdge.clamped()));
        exchange.initialize(device);
        var options = MetalCompileOptions.defaults().withMathMode(MetalMathMode.SAFE);
        try (var library = device.newLibrary(source, options);
                var function = library.function("wave_step")) {
            step = device.newPipeline(function);
        }
        queue = device.newCommandQueue();
        now = device.newBuffer(exchange.grid().byteSize());
        previous = device.newBuffer(exchange.grid().byteSize());
        for (int field = 0; field < fields.length; field++) {
            exchange.grid().scatter(MemorySegment.ofArray(fields[field]), field, tiles(now));
            exchange.grid().scatter(MemorySegment.ofArray(fields[field]), field, tiles(previous));
        }
    }

    private List<MetalBufferSlice> tiles(MetalBuffer buffer) {
        return exchange.grid().slices(buffer);
    }

    /** Runs so many steps, all in one command buffer: the host takes no part in between. */
    void advance(int steps) {
        try (var commands = queue.commandBuffer()) {
            try (var encoder = commands.computeEncoder()) {
                for (int i = 0; i < steps; i++) {
                    exchange.encode(encoder, tiles(now));
                    encodeStep(encoder);
                    turn();
                }
            }
            commands.commit().join();
        }
    }

    private void encodeStep(MetalComputeEncoder encoder) {
        var grid = exchange.grid();
        var config = grid.config();
        encoder.setPipeline(step);
        encoder.setBuffer(0, now);
        encoder.setBuffer(1, previous);
        encoder.setInts(
                2,
                grid.pitch(0),
                grid.fieldCells(),
                grid.cellIndex(0, 0, 0),
                Float.floatToRawIntBits(WaveShape.SPEED_SQUARED));
        var threads =
                MetalSize.of(config.tileExtent(0), config.tileExtent(1), (long) grid.tileCount() * config.fieldCount());
        encoder.dispatchThreads(threads, step.threadgroupSizeFor(threads));
    }

    /** Swaps the last two steps. After a step that is how time goes on; once more, and it runs backwards. */
    void turn() {
        var last = now;
        now = previous;
        previous = last;
    }

    /** One array of the whole domain. */
    float[] field(int field) {
        var config = exchange.grid().config();
        var domain = new float[config.domainExtent(0) * config.domainExtent(1)];
        exchange.grid().gather(tiles(now), field, MemorySegment.ofArray(domain));
        return domain;
    }

    @Override
    public void close() {
        previous.close();
        now.close();
        queue.close();
        step.close();
        exchange.close();
    }
}
