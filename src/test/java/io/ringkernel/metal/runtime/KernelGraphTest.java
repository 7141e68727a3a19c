package io.ringkernel.metal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.RecordCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class KernelGraphTest {
    /** A message that remembers which kernels handled it, the last in the lowest digit, and how many more may. */
    public record Step(long path, int left) {}

    private static final RecordCodec<Step> STEP = RecordCodec.of(Step.class);
    private static final int BASE = 10;

    private final HlcClock clock = HlcClock.of(0);
    private final List<MessageEnvelope> received = Collections.synchronizedList(new ArrayList<>());
    private final List<KernelGraph.Failure> failures = Collections.synchronizedList(new ArrayList<>());

    private GraphBuilder graph(MetalDevice device) {
        return KernelGraph.builder(device)
                .receiver(received::add)
                .failures(failures::add)
                .clock(clock);
    }

    private static String name(int kernel) {
        return "kernel " + kernel;
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

    private MessageEnvelope message(long path, int left) {
        return MessageEnvelope.of(STEP, new Step(path, left), clock.tick());
    }

    private static void awaitIdle(KernelGraph graph) {
        graph.idle().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private List<Long> paths() {
        return received.stream().map(message -> message.decode(STEP).path()).toList();
    }

    private GraphBuilder chain(MetalDevice device, int length) {
        var builder = graph(device);
        for (int i = 0; i < length; i++) {
            builder.kernel(name(i), forwarder(i, i + 1 < length ? List.of(i + 1) : List.of()));
        }
        for (int i = 0; i + 1 < length; i++) {
            builder.route(name(i), name(i + 1));
        }
        return builder;
    }

    @Test
    void aChainOfKernelsNeedsOneCommandBuffer(MetalDevice device) {
        try (var graph = chain(device, 4).build()) {
            graph.send(name(0), message(9, 3));
            awaitIdle(graph);

            assertThat(paths()).containsExactly(90123L);
            assertThat(graph.metrics()).isEqualTo(new KernelGraphMetrics(1, 4, 1, 0, 1, 4));
        }
    }

    @Test
    void everyMessageOfASenderArrivesOnceAndInOrder(MetalDevice device) {
        int count = 3000;
        try (var graph = chain(device, 3).inboxCapacity(50).build()) {
            for (int i = 0; i < count; i++) {
                graph.send(name(0), message(i, 2));
            }
            awaitIdle(graph);

            assertThat(paths())
                    .isEqualTo(IntStream.range(0, count)
                            .mapToObj(i -> i * 1000L + 12)
                            .toList());
            assertThat(graph.metrics().handled()).isEqualTo(3L * count);
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void messagesOfManyThreadsKeepEachThreadsOrder(MetalDevice device) throws InterruptedException {
        int senders = 4;
        int count = 500;
        try (var graph = chain(device, 2).inboxCapacity(64).build()) {
            var threads = new ArrayList<Thread>();
            for (int sender = 0; sender < senders; sender++) {
                long first = sender * 1000L;
                threads.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; i < count; i++) {
                        graph.send(name(0), message(first + i, 1));
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
            awaitIdle(graph);

            for (int sender = 0; sender < senders; sender++) {
                long first = sender * 1000L;
                assertThat(paths().stream()
                                .map(path -> path / 100 - first)
                                .filter(i -> i >= 0 && i < 1000)
                                .toList())
                        .as("sender %d", sender)
                        .isEqualTo(LongStream.range(0, count).boxed().toList());
            }
            assertThat(received).hasSize(senders * count);
        }
    }

    @Test
    void aCycleIsCutAfterItsHopsAndGoesOnInTheNextSubmission(MetalDevice device) {
        var source = KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    const device Step& step = message_as<Step>(ring);
                    Step next = {step.path + 1l, step.left - 1};
                    send(ring, step.left == 0 ? 0ul : 0x%xul, next);
                }
                """.formatted(KernelId.of("loop").number()), Step.class);
        try (var graph = graph(device)
                .kernel("loop", source)
                .route("loop", "loop")
                .hops(8)
                .build()) {
            graph.send("loop", message(0, 100));
            awaitIdle(graph);

            assertThat(paths()).containsExactly(101L);
            // 101 rounds, 8 to a command buffer
            assertThat(graph.metrics().commandBuffers()).isEqualTo(13);
        }
    }

    @Test
    void messagesTakeEveryPathOfARandomGraph(MetalDevice device) {
        for (long seed = 0; seed < 5; seed++) {
            var random = new Random(seed);
            int size = 2 + random.nextInt(4);
            var targets = new ArrayList<List<Integer>>();
            for (int i = 0; i < size; i++) {
                targets.add(IntStream.range(0, size)
                        .filter(_ -> random.nextInt(3) == 0)
                        .boxed()
                        .toList());
            }
            received.clear();
            var builder = graph(device).hops(1 + random.nextInt(4));
            for (int i = 0; i < size; i++) {
                builder.kernel(
                        name(i),
                        forwarder(i, targets.get(i)),
                        LaunchOptions.builder().repliesPerMessage(size).build());
            }
            for (int i = 0; i < size; i++) {
                for (int target : targets.get(i)) {
                    builder.route(name(i), name(target));
                }
            }
            var expected = new ArrayList<Long>();
            try (var graph = builder.build()) {
                for (int i = 0; i < size; i++) {
                    graph.send(name(i), message(1, 4));
                    addPaths(targets, i, 1, 4, expected);
                }
                awaitIdle(graph);
            }
            assertThat(failures).as("seed %d", seed).isEmpty();
            assertThat(paths()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
        }
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
    void aFullInboxFailsTheMessageThatTheSenderHandles(MetalDevice device) {
        var sixTimes = LaunchOptions.builder().repliesPerMessage(6).build();
        try (var graph = graph(device)
                .kernel("fan", forwarder(0, List.of(1, 1, 1, 1, 1, 1)), sixTimes)
                .kernel(name(1), forwarder(1, List.of()))
                .route("fan", name(1))
                .inboxCapacity(4)
                .build()) {
            var message = message(0, 1);
            graph.send("fan", message);
            awaitIdle(graph);

            assertThat(paths()).containsExactly(1L, 1L, 1L, 1L);
            assertThat(failures).singleElement().satisfies(failure -> {
                assertThat(failure.kernel()).isEqualTo(KernelId.of("fan"));
                assertThat(failure.message()).isEqualTo(message.header().messageId());
                assertThat(failure.cause()).hasMessageContaining("2 (output overflow");
            });
            graph.send("fan", message(0, 0));
            awaitIdle(graph);
            assertThat(received).as("the graph goes on").hasSize(5);
        }
    }

    @Test
    void aSendWithoutARouteFailsTheMessage(MetalDevice device) {
        try (var graph = graph(device).kernel("lost", forwarder(0, List.of(7))).build()) {
            graph.send("lost", message(0, 1));
            awaitIdle(graph);

            assertThat(failures)
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure.cause()).hasMessageContaining("5 (no route to the receiver)"));
        }
    }

    @Test
    void timestampsGrowAlongEachHop(MetalDevice device) {
        try (var graph = chain(device, 3).build()) {
            var message = message(0, 2);
            graph.send(name(0), message);
            awaitIdle(graph);
            var result = received.getFirst().header();

            assertThat(result.timestamp()).isGreaterThan(message.header().timestamp());
            assertThat(result.timestamp().nodeId())
                    .isEqualTo(KernelId.of(name(2)).number());
            assertThat(result.sourceKernel()).isEqualTo(KernelId.of(name(2)).number());
            assertThat(clock.tick()).isGreaterThan(result.timestamp());
        }
    }

    @Test
    void closingReportsWhatIsStillInTheGraph(MetalDevice device) {
        var forever = KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    Step step = message_as<Step>(ring);
                    send(ring, 0x%xul, step);
                }
                """.formatted(KernelId.of("loop").number()), Step.class);
        var graph = graph(device).kernel("loop", forever).route("loop", "loop").build();
        graph.send("loop", message(3, 0));
        graph.close();
        graph.close();

        assertThat(failures)
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure.cause()).isInstanceOf(RingKernelException.KernelTerminated.class));
        assertThatExceptionOfType(RingKernelException.KernelTerminated.class)
                .isThrownBy(() -> graph.send("loop", message(0, 0)));
    }

    @Test
    void aFailedCommandBufferReportsItsMessagesAndStaysTheGraphsFailure(MetalDevice device, SoftwareMetal software) {
        try (var graph = chain(device, 2).build()) {
            software.faults(0).failNextCommandBuffer("MTLCommandBufferErrorDomain", 2, "Caused GPU Timeout Error");
            var message = message(0, 1);
            graph.send(name(0), message);
            awaitIdle(graph);

            assertThat(received).isEmpty();
            assertThat(failures).singleElement().satisfies(failure -> {
                assertThat(failure.message()).isEqualTo(message.header().messageId());
                assertThat(failure.cause()).hasMessageContaining("Caused GPU Timeout Error");
            });
            assertThatExceptionOfType(RingKernelException.KernelFailed.class)
                    .isThrownBy(() -> graph.send(name(0), message(0, 1)));
        }
    }

    @Test
    void whatCannotBeAcceptedIsRefused(MetalDevice device, SoftwareMetal software) {
        try (var graph = chain(device, 1).queueCapacity(1).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> graph.send("nobody", message(0, 0)))
                    .withMessage("no such kernel in the graph: nobody");
            var large = MessageEnvelope.of(message(0, 0).header(), new byte[1025]);
            assertThatExceptionOfType(RingKernelException.PayloadTooLarge.class)
                    .isThrownBy(() -> graph.send(name(0), large));
            try (var _ = software.faults(0).holdCompletions()) {
                graph.send(name(0), message(1, 0));
                graph.send(name(0), message(2, 0));
                assertThatExceptionOfType(RingKernelException.QueueFull.class)
                        .isThrownBy(() -> graph.send(name(0), message(3, 0)));
            }
            awaitIdle(graph);
            assertThat(paths()).containsExactly(10L, 20L);
        }
    }

    @Test
    void aGraphThatCannotWorkIsRefused(MetalDevice device) {
        var builder = graph(device).kernel("a", KernelSource.echo());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.kernel("a", KernelSource.echo()))
                .withMessage("kernel id is taken: 'a'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.route("a", "b"))
                .withMessage("no such kernel in the graph: b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.kernel(
                        "b",
                        KernelSource.echo(),
                        LaunchOptions.builder().blockSize(32).build()))
                .withMessageStartingWith("kernel 'b' of a graph not SEQUENTIAL with one thread");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelGraph.builder(device).build())
                .withMessage("the graph has no kernel");
    }
}
