package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MetalK2KRoutingTable;
import io.ringkernel.metal.wire.Neighborhood;
import io.ringkernel.metal.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that send to each other on the GPU: routes, rounds, bounds, and what becomes of members. */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class KernelGraphTest {
    /** A message that remembers which kernels handled it, the last in the lowest digit, and how many more may. */
    public record Step(long path, int left) {}

    private static final RecordCodec<Step> STEP = RecordCodec.of(Step.class);
    private static final int BASE = 10;

    private static String name(int kernel) {
        return "kernel " + kernel;
    }

    private static LaunchOptions.Builder active() {
        return LaunchOptions.builder().activateAtOnce().maxPayloadBytes(64);
    }

    /** Appends its digit to the path, and sends to the given kernels; to the host where the message may not go on. */
    private static KernelSource forwarder(int digit, List<Integer> targets) {
        var sends = new StringBuilder();
        for (int target : targets) {
            sends.append("send(ring, 0x%xul, next);%n"
                    .formatted(KernelId.of(name(target)).number()));
        }
        return KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    const device Step& step = message_as<Step>(ring);
                    Step next = {step.path * %dl + %dl, step.left - 1};
                    if (step.left == 0) {
                        send(ring, 0ul, next);
                        return;
                    }
                    %s
                }
                """.formatted(BASE, digit, sends), Step.class);
    }

    /** Sends to itself as often as the message says, then to the host. */
    private static KernelSource loop(String self) {
        return KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    const device Step& step = message_as<Step>(ring);
                    Step next = {step.path + 1l, step.left - 1};
                    send(ring, step.left == 0 ? 0ul : 0x%xul, next);
                }
                """.formatted(KernelId.of(self).number()), Step.class);
    }

    private static MessageEnvelope message(Rings rings, long path, int left) {
        return MessageEnvelope.of(
                STEP, new Step(path, left), rings.runtime.clock().tick());
    }

    private static long path(MessageEnvelope message) {
        return message.decode(STEP).path();
    }

    private static List<Long> paths(KernelHandle kernel, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> path(await(kernel.receive(LONG))))
                .toList();
    }

    private static GraphBuilder chain(Rings rings, int length, LaunchOptions options) {
        var builder = rings.runtime.graph();
        for (int i = 0; i < length; i++) {
            builder.kernel(name(i), options, forwarder(i, i + 1 < length ? List.of(i + 1) : List.of()));
        }
        for (int i = 0; i + 1 < length; i++) {
            builder.route(name(i), name(i + 1));
        }
        return builder;
    }

    @Test
    void aChainOfKernelsNeedsOneCommandBuffer(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var graph = await(chain(rings, 4, active().build()).launch());
            await(graph.kernel(name(0)).send(message(rings, 9, 3)));

            assertThat(paths(graph.kernel(name(3)), 1)).containsExactly(90123L);
            assertThat(rings.runtime.metrics().commandBuffers()).isEqualTo(1);
            for (var kernel : graph.kernels()) {
                var metrics = kernel.metrics();
                assertThat(List.of(metrics.sent(), metrics.processed(), metrics.replies(), metrics.dispatches()))
                        .as("%s", kernel)
                        .containsOnly(1L);
            }
        }
    }

    @Test
    void everyMessageOfASenderArrivesOnceAndInOrder(MetalDevice device) {
        int count = 3000;
        try (var rings = new Rings(device)) {
            var options = active().patience(LONG).outputCapacity(4096).build();
            var graph = await(chain(rings, 3, options).inboxCapacity(64).launch());
            for (int i = 0; i < count; i++) {
                await(graph.kernel(name(0)).send(message(rings, i, 2)));
            }
            assertThat(paths(graph.kernel(name(2)), count))
                    .isEqualTo(IntStream.range(0, count)
                            .mapToObj(i -> i * 1000L + 12)
                            .toList());
            assertThat(rings.runtime.metrics().processed()).isEqualTo(3L * count);
            assertThat(rings.deadLetters).isEmpty();
        }
    }

    @Test
    void aCycleIsCutAfterItsHopsAndGoesOnInTheNextSubmission(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var graph = await(rings.runtime
                    .graph()
                    .kernel("loop", active().build(), loop("loop"))
                    .route("loop", "loop")
                    .hops(8)
                    .launch());
            await(graph.kernel("loop").send(message(rings, 0, 100)));

            assertThat(paths(graph.kernel("loop"), 1)).containsExactly(101L);
            // 101 rounds, 8 to a command buffer
            assertThat(rings.runtime.metrics().commandBuffers()).isEqualTo(13);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void messagesTakeEveryPathOfARandomGraph(long seed, MetalDevice device) {
        var random = new Random(seed);
        int size = 2 + random.nextInt(4);
        var targets = new ArrayList<List<Integer>>();
        for (int i = 0; i < size; i++) {
            targets.add(IntStream.range(0, size)
                    .filter(_ -> random.nextInt(3) == 0)
                    .boxed()
                    .toList());
        }
        try (var rings = new Rings(device)) {
            var graph = await(randomGraph(rings, targets, random).launch());
            var expected = new ArrayList<Long>();
            for (int i = 0; i < size; i++) {
                await(graph.kernel(name(i)).send(message(rings, 1, 4)));
                addPaths(targets, i, 1, 4, expected);
            }
            for (int i = 0; i < size; i++) {
                int last = i;
                var own = expected.stream().filter(path -> path % BASE == last).toList();
                assertThat(paths(graph.kernel(name(i)), own.size())).containsExactlyInAnyOrderElementsOf(own);
            }
            assertThat(rings.deadLetters).isEmpty();
        }
    }

    /** What has no route goes by way of the host, and arrives all the same. */
    private static GraphBuilder randomGraph(Rings rings, List<List<Integer>> targets, Random random) {
        var builder = rings.runtime.graph().hops(1 + random.nextInt(4));
        int size = targets.size();
        var options = active().repliesPerMessage(size).build();
        for (int i = 0; i < size; i++) {
            builder.kernel(name(i), options, forwarder(i, targets.get(i)));
        }
        for (int i = 0; i < size; i++) {
            for (int target : targets.get(i)) {
                if (random.nextInt(4) != 0) {
                    builder.route(name(i), name(target));
                }
            }
        }
        return builder;
    }

    private static void addPaths(List<List<Integer>> targets, int kernel, long path, int left, List<Long> paths) {
        long next = path * BASE + kernel;
        if (left == 0) {
            paths.add(next);
            return;
        }
        targets.get(kernel).forEach(target -> addPaths(targets, target, next, left - 1, paths));
    }

    @Test
    void theRoutesOfAGridLeadToItsNeighbours(MetalDevice device) {
        int extent = 3;
        var names = IntStream.range(0, extent * extent)
                .mapToObj(KernelGraphTest::name)
                .toList();
        try (var rings = new Rings(device)) {
            var builder = rings.runtime.graph();
            for (int i = 0; i < names.size(); i++) {
                int x = i % extent;
                int y = i / extent;
                var neighbours = List.of(
                        y * extent + (x + 1) % extent,
                        y * extent + (x + 2) % extent,
                        (y + 1) % extent * extent + x,
                        (y + 2) % extent * extent + x);
                builder.kernel(names.get(i), active().repliesPerMessage(4).build(), forwarder(i, neighbours));
            }
            var tables = MetalK2KRoutingTable.grid(Neighborhood.VON_NEUMANN_2D, extent, extent, 1, 64)
                    .periodic()
                    .tables();
            var graph = await(builder.routes(names, tables).launch());
            await(graph.kernel(name(4)).send(message(rings, 0, 1)));
            for (int neighbour : List.of(3, 5, 1, 7)) {
                assertThat(paths(graph.kernel(name(neighbour)), 1)).containsExactly(40L + neighbour);
            }
            assertThat(rings.runtime.metrics().commandBuffers()).isEqualTo(1);
        }
    }

    @Test
    void aFullInboxFailsTheMessageThatTheSenderHandles(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var graph = await(rings.runtime
                    .graph()
                    .kernel("fan", active().repliesPerMessage(6).build(), forwarder(0, List.of(1, 1, 1, 1, 1, 1)))
                    .kernel(name(1), active().build(), forwarder(1, List.of()))
                    .route("fan", name(1))
                    .inboxCapacity(4)
                    .launch());
            var message = message(rings, 0, 1);
            assertThat(failureOf(graph.kernel("fan").call(message, LONG)))
                    .isInstanceOfSatisfying(
                            RingKernelException.HandlerFailed.class,
                            failure -> assertThat(failure.code()).isEqualTo(2))
                    .hasMessageContaining("" + message.header().messageId());
            assertThat(paths(graph.kernel(name(1)), 4)).containsOnly(1L);
            await(graph.kernel("fan").send(message(rings, 0, 0)));
            assertThat(paths(graph.kernel("fan"), 1)).as("the graph goes on").containsExactly(0L);
        }
    }

    @Test
    void aMessageOfAKernelWhoseHandlingFailsReachesTheHookWithItsContent(MetalDevice device) {
        var failing = KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    fail(ring, 70u + uint(message_as<Step>(ring).path));
                }
                """, Step.class);
        try (var rings = new Rings(device)) {
            var graph = await(rings.runtime
                    .graph()
                    .kernel(name(0), active().build(), forwarder(3, List.of(1)))
                    .kernel(name(1), active().build(), failing)
                    .route(name(0), name(1))
                    .launch());
            await(graph.kernel(name(0)).send(message(rings, 0, 1)));
            Rings.until(() -> !rings.deadLetters.isEmpty());

            var letter = rings.deadLetters.element();
            assertThat(letter.kernel()).isEqualTo(KernelId.of(name(1)));
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.HANDLER_FAILED);
            assertThat(letter.message().decode(STEP)).isEqualTo(new Step(3, 0));
            assertThat(letter.message().header().sourceKernel())
                    .isEqualTo(KernelId.of(name(0)).number());
            assertThat(letter.cause().orElseThrow()).hasMessageEndingWith(": 73");
            assertThat(graph.kernel(name(1)).metrics().failed()).isEqualTo(1);
        }
    }

    @Test
    void whatAKernelSendsToTheHostOrByItAndWhatOthersSendToItGoTheSameWays(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var outside = await(rings.runtime.launch(name(0), active().build(), forwarder(0, List.of(1))));
            var graph = await(rings.runtime
                    .graph()
                    .kernel(name(1), active().build(), forwarder(1, List.of(2)))
                    .kernel(name(2), active().build(), forwarder(2, List.of(0)))
                    .route(name(1), name(2))
                    .launch());
            await(outside.send(message(rings, 0, 3)));
            assertThat(paths(outside, 1)).containsExactly(120L);
            assertThat(graph.kernel(name(2)).metrics().processed()).isEqualTo(1);
            assertThat(rings.deadLetters).isEmpty();
        }
    }

    @Test
    void aCallGetsItsOwnReplyWhateverElseTheKernelHandles(MetalDevice device) {
        var answering = KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    Step step = message_as<Step>(ring);
                    step.path = step.path * 10l + 1l;
                    reply(ring, step);
                }
                """, Step.class);
        try (var rings = new Rings(device)) {
            var graph = await(rings.runtime
                    .graph()
                    .kernel(name(0), active().build(), forwarder(0, List.of(1)))
                    .kernel(name(1), active().build(), answering)
                    .route(name(0), name(1))
                    .launch());
            for (int i = 1; i <= 50; i++) {
                await(graph.kernel(name(0)).send(message(rings, 0, 1)));
                assertThat(path(await(graph.kernel(name(1)).call(message(rings, i, 0), LONG))))
                        .isEqualTo(i * 10L + 1);
            }
            assertThat(failureOf(graph.kernel(name(0)).call(message(rings, 0, 1), LONG)))
                    .isInstanceOf(RingKernelException.NoReply.class);
        }
    }

    @Test
    void threadsOfAKernelFillAReplyTogetherAndSendsAreMadeOnce(MetalDevice device) {
        var together = KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    if (ring.header->source_kernel == 0ul) {
                        send(ring, 0x%xul, message_as<Step>(ring));
                        reply_payload(ring);
                    }
                }
                """.formatted(KernelId.of("wide").number()), Step.class);
        for (var handling : LaunchOptions.Handling.values()) {
            try (var rings = new Rings(device)) {
                var options = active().blockSize(32)
                        .handling(handling)
                        .repliesPerMessage(2)
                        .maxPayloadBytes(1024)
                        .build();
                var graph = await(rings.runtime
                        .graph()
                        .kernel("wide", options, together)
                        .route("wide", "wide")
                        .launch());
                var content = new byte[1000];
                new Random(7).nextBytes(content);
                var requests = IntStream.range(0, 40)
                        .mapToObj(_ -> MessageEnvelope.of(message(rings, 0, 0).header(), content))
                        .toList();
                await(graph.kernel("wide").sendAll(requests));
                for (var request : requests) {
                    var reply = await(graph.kernel("wide").receive(LONG));
                    assertThat(reply.header().correlationId().value())
                            .as("%s keeps the order", handling)
                            .isEqualTo(request.header().messageId().value());
                    assertThat(reply.payloadBytes()).isEqualTo(content);
                }
                Rings.until(() -> graph.kernel("wide").metrics().processed() == 80);
                assertThat(rings.deadLetters).isEmpty();
            }
        }
    }

    @Test
    void timestampsGrowAlongEachHop(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var graph = await(chain(rings, 3, active().build()).launch());
            var message = message(rings, 0, 2);
            await(graph.kernel(name(0)).send(message));
            var result = await(graph.kernel(name(2)).receive(LONG)).header();

            assertThat(result.timestamp()).isGreaterThan(message.header().timestamp());
            assertThat(result.timestamp().nodeId())
                    .isEqualTo(KernelId.of(name(2)).number());
            assertThat(result.sourceKernel()).isEqualTo(KernelId.of(name(2)).number());
            assertThat(rings.runtime.clock().tick()).isGreaterThan(result.timestamp());
        }
    }
}
