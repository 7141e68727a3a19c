package io.ringkernel.metal.halo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.runtime.DispatchPolicy;
import io.ringkernel.metal.runtime.KernelSource;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.MetalRuntime;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.RecordCodec;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ring kernel steps the tiles, one message each, and the halos are exchanged behind each batch of messages. */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class RingKernelStencilTest {
    /** Takes the tile whose first cells are at the two indices one step further. */
    public record TileStep(int from, int to) {}

    private static final RecordCodec<TileStep> STEP = RecordCodec.of(TileStep.class);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int STEPS = 30;

    private static final String HANDLER = """
            void handle(thread RingContext& ring) {
                const device TileStep& step = message_as<TileStep>(ring);
                device int* cells = (device int*)ring.state;
                for (int i = int(ring.thread_index); i < WIDTH * HEIGHT; i += int(ring.thread_count)) {
                    int at = (i / WIDTH + 1) * PITCH + i % WIDTH + 1;
                    const device int* now = cells + step.from + at;
                    cells[step.to + at] = 3 * now[0] + 5 * now[-1] + 7 * now[1] + 11 * now[-PITCH] + 13 * now[PITCH];
                }
                reply_payload(ring);
            }
            """;

    /** With batches of any size: an exchange behind a part of a step is overtaken by the one behind its last part. */
    @ParameterizedTest
    @CsvSource({"2147483647", "4", "1"})
    void theStepsOfTheTilesAreThoseOfTheUndividedArray(int mostOfABatch, MetalDevice device) {
        var config = HaloExchangeConfig.grid2d(3, 2).tile(6, 5).cell(HaloCell.INT);
        config = config.edgesX(HaloEdge.periodic()).edgesY(HaloEdge.constant(9));
        int width = config.domainExtent(0);
        int height = config.domainExtent(1);
        int[] domain = new Random(42).ints((long) width * height).toArray();
        int[] onDevice =
                simulate(device, config, domain, DispatchPolicy.defaults().withMaxBatch(mostOfABatch));
        for (int step = 0; step < STEPS; step++) {
            domain = undividedStep(domain, width, height);
        }
        assertThat(onDevice).isEqualTo(domain);
    }

    private static int[] undividedStep(int[] now, int width, int height) {
        return IntStream.range(0, now.length)
                .map(i -> {
                    int x = i % width;
                    int left = i - x + Math.floorMod(x - 1, width);
                    int right = i - x + Math.floorMod(x + 1, width);
                    int above = i < width ? 9 : now[i - width];
                    int below = i >= width * (height - 1) ? 9 : now[i + width];
                    return 3 * now[i] + 5 * now[left] + 7 * now[right] + 11 * above + 13 * below;
                })
                .toArray();
    }

    private static int[] simulate(MetalDevice device, HaloExchangeConfig config, int[] domain, DispatchPolicy policy) {
        try (var exchange = new MetalHaloExchange(config);
                var cells = device.newBuffer(2 * exchange.grid().byteSize());
                var runtime = MetalRuntime.builder()
                        .device(device)
                        .dispatchPolicy(policy)
                        .start()
                        .join()) {
            exchange.initialize(device);
            var grid = exchange.grid();
            var steps = IntStream.range(0, 2)
                    .mapToObj(step -> IntStream.range(0, grid.tileCount())
                            .mapToObj(tile -> cells.slice(
                                    step * grid.byteSize() + tile * grid.tileByteSize(), grid.tileByteSize()))
                            .toList())
                    .toList();
            grid.scatter(MemorySegment.ofArray(domain), 0, steps.getFirst());
            exchange.exchange(steps.getFirst()).join();
            var now = new AtomicInteger();
            var options = LaunchOptions.builder()
                    .state(cells)
                    .handling(LaunchOptions.Handling.PARALLEL)
                    .blockSize(4)
                    .followedBy(encoder -> exchange.encode(encoder, steps.get(1 - now.get())))
                    .activateAtOnce()
                    .build();
            var kernel = runtime.launch("stencil", options, source(grid)).join();
            for (int step = 0; step < STEPS; step++) {
                var messages = messages(runtime, steps.get(now.get()), steps.get(1 - now.get()));
                kernel.sendAll(messages).join();
                messages.forEach(_ -> kernel.receive(LONG).join());
                now.set(1 - now.get());
            }
            assertThat(exchange.stats().exchanges())
                    .isEqualTo(1 + kernel.metrics().dispatches());
            int[] result = new int[domain.length];
            grid.gather(steps.get(now.get()), 0, MemorySegment.ofArray(result));
            return result;
        }
    }

    private static KernelSource source(TileGrid grid) {
        var shape = "#define WIDTH %d%n#define HEIGHT %d%n#define PITCH %d%n"
                .formatted(grid.config().tileExtent(0), grid.config().tileExtent(1), grid.pitch(0));
        return KernelSource.handler(shape + HANDLER, TileStep.class);
    }

    private static List<MessageEnvelope> messages(
            MetalRuntime runtime, List<MetalBufferSlice> from, List<MetalBufferSlice> to) {
        var messages = new ArrayList<MessageEnvelope>();
        for (int tile = 0; tile < from.size(); tile++) {
            var step = new TileStep((int) (from.get(tile).byteOffset() / Integer.BYTES), (int)
                    (to.get(tile).byteOffset() / Integer.BYTES));
            messages.add(MessageEnvelope.of(STEP, step, runtime.clock().tick()));
        }
        return messages;
    }
}
