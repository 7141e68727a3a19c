package io.ringkernel.metal.examples.wave;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalCompileOptions;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalMathMode;
import io.ringkernel.metal.halo.HaloEdge;
import io.ringkernel.metal.halo.HaloExchangeConfig;
import io.ringkernel.metal.halo.MetalHaloExchange;
import io.ringkernel.metal.runtime.KernelHandle;
import io.ringkernel.metal.runtime.KernelMetrics;
import io.ringkernel.metal.runtime.KernelSource;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.MetalRuntime;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.RecordCodec;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The wave equation on tiles of a Metal device. A ring kernel steps a tile for each message; the halos are exchanged
 * behind the messages, in the command buffer that carries them.
 */
final class MetalWave implements AutoCloseable {

    private static final RecordCodec<TileStep> STEP = RecordCodec.of(TileStep.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MetalHaloExchange exchange;
    private final MetalBuffer cells;
    private final List<List<MetalBufferSlice>> steps;
    private final MetalRuntime runtime;
    private final KernelHandle kernel;

    /** Which of the two is the last step, and is read next; the other one is the step before it, and written next. */
    private volatile int now;

    /**
     * A wave at rest: each field of the domain is both the first step and the one before.
     *
     * @param handler the text of {@code wave.metal}
     */
    MetalWave(MetalDevice device, String handler, WaveShape shape, float[][] fields) {
        exchange = new MetalHaloExchange(HaloExchangeConfig.grid2d(shape.tiles(), shape.tiles())
                .tile(shape.tileSide(), shape.tileSide())
                .fields(fields.length)
                .edges(HaloEdge.clamped()));
        exchange.initialize(device);
        cells = device.newBuffer(2 * exchange.grid().byteSize());
        steps = List.of(tiles(0), tiles(1));
        for (var step : steps) {
            for (int field = 0; field < fields.length; field++) {
                exchange.grid().scatter(MemorySegment.ofArray(fields[field]), field, step);
            }
            exchange.exchange(step).join();
        }
        runtime = MetalRuntime.builder().device(device).start().join();
        kernel = launch(handler, shape, fields.length);
    }

    private List<MetalBufferSlice> tiles(int step) {
        var grid = exchange.grid();
        var tiles = new ArrayList<MetalBufferSlice>();
        for (int tile = 0; tile < grid.tileCount(); tile++) {
            tiles.add(cells.slice(step * grid.byteSize() + tile * grid.tileByteSize(), grid.tileByteSize()));
        }
        return tiles;
    }

    private KernelHandle launch(String handler, WaveShape shape, int colours) {
        var options = LaunchOptions.builder()
                .state(cells)
                .handling(LaunchOptions.Handling.PARALLEL)
                .blockSize(shape.tileSide())
                .maxPayloadBytes(STEP.byteSize())
                .followedBy(this::encodeExchange)
                .activateAtOnce()
                .build();
        var compileOptions = MetalCompileOptions.defaults()
                .withMathMode(MetalMathMode.SAFE)
                .withMacro("SIDE", Integer.toString(shape.tileSide()))
                .withMacro("COLOURS", Integer.toString(colours))
                .withMacro("SPEED_SQUARED", WaveShape.SPEED_SQUARED + "f");
        var source = KernelSource.handler(handler, TileStep.class).withCompileOptions(compileOptions);
        return runtime.launch("wave", options, source).join();
    }

    /** Behind a batch: of the step that it has written. Once more does no harm, should a step take two batches. */
    private void encodeExchange(MetalComputeEncoder encoder) {
        exchange.encode(encoder, steps.get(1 - now));
    }

    /** Runs so many steps. The replies to all tiles' messages say that a step is done, halos included. */
    void advance(int count) {
        for (int i = 0; i < count; i++) {
            kernel.sendAll(messages()).join();
            for (int tile = 0; tile < exchange.grid().tileCount(); tile++) {
                kernel.receive(PATIENCE).join();
            }
            turn();
        }
    }

    private List<MessageEnvelope> messages() {
        var messages = new ArrayList<MessageEnvelope>();
        for (int tile = 0; tile < exchange.grid().tileCount(); tile++) {
            var step = new TileStep(firstCell(now, tile), firstCell(1 - now, tile));
            messages.add(MessageEnvelope.of(STEP, step, runtime.clock().tick()));
        }
        return messages;
    }

    private int firstCell(int step, int tile) {
        return (int) (steps.get(step).get(tile).byteOffset() / Float.BYTES);
    }

    /** Swaps the last two steps. After a step that is how time goes on; once more, and it runs backwards. */
    void turn() {
        now = 1 - now;
    }

    /** One array of the whole domain. */
    float[] field(int field) {
        var config = exchange.grid().config();
        var domain = new float[config.domainExtent(0) * config.domainExtent(1)];
        exchange.grid().gather(steps.get(now), field, MemorySegment.ofArray(domain));
        return domain;
    }

    /** What the kernel has done. */
    KernelMetrics metrics() {
        return kernel.metrics();
    }

    @Override
    public void close() {
        runtime.close();
        cells.close();
        exchange.close();
    }
}
