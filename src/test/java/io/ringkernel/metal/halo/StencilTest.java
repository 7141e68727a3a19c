package io.ringkernel.metal.halo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalCommandBuffer;
import io.ringkernel.metal.MetalCompileOptions;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalMathMode;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.TestDevice;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole simulations on tiles, against the same simulation on one undivided array in plain Java, bit for bit. */
@Tag("gpu")
@Timeout(120)
@ExtendWith(TestDevice.class)
final class StencilTest {
    private static final int STEPS = 1000;
    private static final int STEPS_PER_COMMAND_BUFFER = 100;

    /** Without contraction, and each sum in the order of its brackets: what plain Java computes. */
    private static final String SOURCE = """
            #include <metal_stdlib>
            using namespace metal;
            #pragma METAL fp contract(off)

            struct Shape {
                uint row;        // cells of a stored tile from one row to the next
                uint plane;
                uint tile;
                uint depth;      // cells of a tile along z
                uint first;      // index of the first interior cell
                float rate;
            };

            kernel void heat(
                const device float* now [[buffer(0)]],
                device float* next [[buffer(1)]],
                constant Shape& shape [[buffer(2)]],
                uint3 at [[thread_position_in_grid]]) {
                uint i = shape.first + at.z * shape.tile + at.y * shape.row + at.x;
                float around = (now[i - shape.row] + now[i + shape.row]) + (now[i - 1u] + now[i + 1u]);
                float change = shape.rate * (around - 4.0f * now[i]);
                next[i] = now[i] + change;
            }

            kernel void wave(
                const device float* now [[buffer(0)]],
                device float* previous_and_next [[buffer(1)]],
                constant Shape& shape [[buffer(2)]],
                uint3 at [[thread_position_in_grid]]) {
                uint z = at.z % shape.depth;
                uint tile = at.z / shape.depth;
                uint i = shape.first + tile * shape.tile + z * shape.plane + at.y * shape.row + at.x;
                float around = (now[i - shape.row] + now[i + shape.row]) + (now[i - 1u] + now[i + 1u]);
                around = around + (now[i - shape.plane] + now[i + shape.plane]);
                float change = shape.rate * (around - 6.0f * now[i]);
                float twice = now[i] + now[i];
                previous_and_next[i] = (twice - previous_and_next[i]) + change;
            }
            """;

    @ParameterizedTest
    @EnumSource(HaloStrategy.class)
    void aThousandStepsOfTheHeatEquationAreThoseOfTheUndividedArray(HaloStrategy strategy, MetalDevice device) {
        var config = HaloExchangeConfig.grid2d(4, 3)
                .tile(16, 12)
                .edgesX(HaloEdge.clamped())
                .edgesY(HaloEdge.periodic())
                .strategy(strategy);
        int width = config.domainExtent(0);
        int height = config.domainExtent(1);
        float rate = 0.2f;
        float[] now = random(width * height);
        float[] onDevice = simulate(device, config, "heat", rate, now, new float[now.length]);

        IntBinaryOperator index = (x, y) -> Math.floorMod(y, height) * width + Math.clamp(x, 0, width - 1);
        float[] next = new float[now.length];
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < now.length; i++) {
                int x = i % width;
                int y = i / width;
                float around = (now[index.applyAsInt(x, y - 1)] + now[index.applyAsInt(x, y + 1)])
                        + (now[index.applyAsInt(x - 1, y)] + now[index.applyAsInt(x + 1, y)]);
                next[i] = now[i] + rate * (around - 4.0f * now[i]);
            }
            float[] done = next;
            next = now;
            now = done;
        }
        assertThat(onDevice).isEqualTo(now);
    }

    @ParameterizedTest
    @EnumSource(HaloStrategy.class)
    void aThousandStepsOfTheWaveEquationAreThoseOfTheUndividedArray(HaloStrategy strategy, MetalDevice device) {
        var config = HaloExchangeConfig.grid3d(2, 3, 2)
                .tile(8, 4, 6)
                .edgesX(HaloEdge.periodic())
                .edgesY(HaloEdge.constant(0))
                .edgesZ(HaloEdge.clamped())
                .strategy(strategy);
        float rate = 0.1f;
        float[] now = random(config.domainExtent(0) * config.domainExtent(1) * config.domainExtent(2));
        float[] previous = now.clone();
        float[] onDevice = simulate(device, config, "wave", rate, now, previous);

        var domain = new Box(config.domainExtent(0), config.domainExtent(1), config.domainExtent(2));
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < now.length; i++) {
                int x = i % domain.width;
                int y = i / domain.width % domain.height;
                int z = i / (domain.width * domain.height);
                float around = (domain.at(now, x, y - 1, z) + domain.at(now, x, y + 1, z))
                        + (domain.at(now, x - 1, y, z) + domain.at(now, x + 1, y, z));
                around = around + (domain.at(now, x, y, z - 1) + domain.at(now, x, y, z + 1));
                float change = rate * (around - 6.0f * now[i]);
                previous[i] = (now[i] + now[i] - previous[i]) + change;
            }
            float[] done = previous;
            previous = now;
            now = done;
        }
        assertThat(onDevice).isEqualTo(now);
    }

    /** A domain that is periodic along x, zero beyond y and clamped along z. */
    private record Box(int width, int height, int depth) {
        float at(float[] cells, int x, int y, int z) {
            if (y < 0 || y >= height) {
                return 0;
            }
            return cells[(Math.clamp(z, 0, depth - 1) * height + y) * width + Math.floorMod(x, width)];
        }
    }

    private static float[] random(int count) {
        var random = new Random(count);
        var cells = new float[count];
        for (int i = 0; i < count; i++) {
            cells[i] = random.nextFloat();
        }
        return cells;
    }

    /** Runs the steps on tiles; the second array is what the first step overwrites. */
    private static float[] simulate(
            MetalDevice device, HaloExchangeConfig config, String kernel, float rate, float[] now, float[] other) {
        var options = MetalCompileOptions.defaults().withMathMode(MetalMathMode.SAFE);
        try (var exchange = new MetalHaloExchange(config);
                var library = device.newLibrary(SOURCE, options);
                var function = library.function(kernel);
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var first = device.newBuffer(exchange.grid().byteSize());
                var second = device.newBuffer(exchange.grid().byteSize())) {
            exchange.initialize(device);
            var grid = exchange.grid();
            grid.scatter(MemorySegment.ofArray(now), 0, grid.slices(first));
            grid.scatter(MemorySegment.ofArray(other), 0, grid.slices(second));
            for (int step = 0; step < STEPS; step += STEPS_PER_COMMAND_BUFFER) {
                try (var commands = queue.commandBuffer()) {
                    encodeSteps(commands, exchange, pipeline, rate, first, second);
                    commands.commit().join();
                }
            }
            var result = new float[now.length];
            grid.gather(grid.slices(first), 0, MemorySegment.ofArray(result));
            return result;
        }
    }

    private static void encodeSteps(
            MetalCommandBuffer commands,
            MetalHaloExchange exchange,
            MetalPipeline pipeline,
            float rate,
            MetalBuffer first,
            MetalBuffer second) {
        var grid = exchange.grid();
        for (int i = 0; i < STEPS_PER_COMMAND_BUFFER; i += 2) {
            exchange.encode(commands, grid.slices(first));
            try (var encoder = commands.computeEncoder()) {
                encodeStep(encoder, pipeline, grid, rate, first, second);
                exchange.encode(encoder, grid.slices(second));
                encodeStep(encoder, pipeline, grid, rate, second, first);
            }
        }
    }

    private static void encodeStep(
            MetalComputeEncoder encoder,
            MetalPipeline pipeline,
            TileGrid grid,
            float rate,
            MetalBuffer from,
            MetalBuffer to) {
        var config = grid.config();
        encoder.setPipeline(pipeline);
        encoder.setBuffer(0, from);
        encoder.setBuffer(1, to);
        encoder.setInts(
                2,
                grid.pitch(0),
                grid.pitch(0) * grid.pitch(1),
                grid.fieldCells(),
                config.tileExtent(2),
                grid.cellIndex(0, 0, 0),
                Float.floatToRawIntBits(rate));
        var threads = MetalSize.of(
                config.tileExtent(0), config.tileExtent(1), (long) config.tileExtent(2) * grid.tileCount());
        encoder.dispatchThreads(threads, pipeline.threadgroupSizeFor(threads));
    }
}
