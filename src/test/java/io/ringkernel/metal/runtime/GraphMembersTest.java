package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringkernel.metal.CommandFailedException;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.wire.KernelId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the states of a graph's members mean for the messages between them. */
@Timeout(60)
@ExtendWith(TestDevice.class)
final class GraphMembersTest {
    private static final KernelSource RELAY =
            KernelSource.handler("""
            void handle(thread RingContext& ring) {
                send(ring, 0x%xul, message_as<Ping>(ring));
            }
            """.formatted(KernelId.of("b").number()), Rings.Ping.class);

    /** Hands messages of the host to itself, and those of itself on and on. */
    private static final KernelSource FOREVER =
            KernelSource.handler("""
            void handle(thread RingContext& ring) {
                send(ring, 0x%xul, message_as<Ping>(ring));
            }
            """.formatted(KernelId.of("forever").number()), Rings.Ping.class);

    private static final KernelSource TO_HOST = KernelSource.handler("""
            void handle(thread RingContext& ring) {
                const device Ping& ping = message_as<Ping>(ring);
                Pong pong = {ping.sender, ping.sequence, ping.priority, 0};
                send(ring, 0ul, pong);
            }
            """, Rings.Ping.class, Rings.Pong.class);

    private static LaunchOptions.Builder active() {
        return LaunchOptions.builder().activateAtOnce().maxPayloadBytes(64);
    }

    /** Kernel a sends what it gets to b on the GPU, and b to the host. */
    private static KernelGraph relay(Rings rings, LaunchOptions second) {
        return await(rings.runtime
                .graph()
                .kernel("a", active().build(), RELAY)
                .kernel("b", second, TO_HOST)
                .route("a", "b")
                .launch());
    }

    private static void awaitLetters(Rings rings, int count) {
        Rings.until(() -> rings.deadLetters.size() >= count);
    }

    @Test
    void membersAreKernelsOfTheRuntime(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var graph = relay(rings, active().build());
            assertThat(rings.runtime.kernels()).containsExactlyInAnyOrder(KernelId.of("a"), KernelId.of("b"));
            assertThat(rings.runtime.kernel("b")).containsSame(graph.kernel("b"));
            assertThat(failureOf(rings.runtime.launch("a", LaunchOptions.defaults())))
                    .isInstanceOf(RingKernelException.KernelIdTaken.class);
            await(graph.kernel("a").send(rings.ping(1)));
            assertThat(Rings.sequences(graph.kernel("b"), 1)).containsExactly(1);
            assertThat(rings.runtime.metrics().processed()).isEqualTo(2);
            assertThat(graph.kernel("b").metrics().gpuMemoryBytes()).isPositive();

            await(graph.terminate());
            assertThat(rings.runtime.kernels()).isEmpty();
            assertThat(rings.runtime.metrics().processed()).isEqualTo(2);
            assertThat(rings.runtime.metrics().gpuMemoryBytes()).isZero();
            await(rings.runtime.launch("a", LaunchOptions.defaults()));
        }
    }

    @Test
    void aFailedLaunchLeavesNothingBehind(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var launched = rings.runtime
                    .graph()
                    .kernel("a", active().build(), RELAY)
                    .kernel("b", active().build(), KernelSource.handler("void handle(thread RingContext& ring) { x; }"))
                    .launch();
            assertThat(failureOf(launched)).hasMessageContaining("x");
            assertThat(rings.runtime.kernels()).isEmpty();
            relay(rings, active().build());
        }
    }

    @Test
    void aGraphThatCannotWorkIsRefused(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var builder = rings.runtime.graph();
            assertThatIllegalArgumentException().isThrownBy(builder::launch).withMessage("the graph has no kernel");
            builder.kernel("a", active().build(), KernelSource.echo());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.kernel("a", active().build(), KernelSource.echo()))
                    .withMessage("kernel id is taken: 'a'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.route("a", "b"))
                    .withMessage("no such kernel in the graph: b");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.inboxCapacity(50))
                    .withMessage("inboxCapacity not a power of two in 1..1048576: 50");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.routes(List.of("a"), List.of()))
                    .withMessage("tables not 1: 0");
            builder.kernel("alone", active().withoutK2K().build(), KernelSource.echo());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.route("a", "alone"))
                    .withMessage("kernel takes no part in messages between kernels: alone");
            await(rings.runtime.launch("a", active().build()));
            assertThat(failureOf(builder.launch())).isInstanceOf(RingKernelException.KernelIdTaken.class);
            assertThat(rings.runtime.kernel("alone")).isEmpty();
        }
    }

    @Test
    void aMessageToAMemberThatIsNotActiveIsADeadLetter(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var graph = relay(rings, LaunchOptions.builder().maxPayloadBytes(64).build());
            await(graph.kernel("a").send(rings.ping(1)));
            awaitLetters(rings, 1);
            assertThat(rings.deadLetters).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.UNDELIVERABLE);
                assertThat(letter.message().decode(Rings.PING).sequence()).isEqualTo(1);
                assertThat(letter.cause().orElseThrow()).hasMessage("kernel 'b' is not ACTIVE: LAUNCHED");
            });
            await(graph.kernel("b").activate());
            await(graph.kernel("a").send(rings.ping(2)));
            assertThat(Rings.sequences(graph.kernel("b"), 1)).containsExactly(2);
        }
    }

    @Test
    void whatLiesInAnInboxWaitsForActivation(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            // With one round for each submission, what a sends is in b's inbox when the submission ends.
            var graph = await(rings.runtime
                    .graph()
                    .kernel("a", active().build(), RELAY)
                    .kernel("b", active().build(), TO_HOST)
                    .route("a", "b")
                    .hops(1)
                    .launch());
            CompletableFuture<Void> deactivated;
            try (var _ = software.faults(0).holdCompletions()) {
                await(graph.kernel("a").send(rings.ping(1)));
                Rings.until(() -> rings.runtime.metrics().commandBuffersInFlight() == 1);
                deactivated = graph.kernel("b").deactivate();
                assertThat(deactivated).isNotDone();
            }
            await(deactivated);
            assertThat(graph.kernel("b").status().queued()).isEqualTo(1);
            await(graph.kernel("a").send(rings.ping(2)));
            awaitLetters(rings, 1);
            await(graph.kernel("b").activate());
            assertThat(Rings.sequences(graph.kernel("b"), 1)).containsExactly(1);
            await(graph.kernel("a").send(rings.ping(3)));
            assertThat(Rings.sequences(graph.kernel("b"), 1)).containsExactly(3);
            assertThat(rings.deadLetters)
                    .extracting(letter -> letter.message().decode(Rings.PING).sequence())
                    .containsExactly(2);
        }
    }

    @Test
    void terminatingAMemberReportsItsInboxAndLetsTheOthersGoOn(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var graph = await(rings.runtime
                    .graph()
                    .kernel("forever", active().build(), FOREVER)
                    .kernel("b", active().build(), TO_HOST)
                    .route("forever", "forever")
                    .launch());
            await(graph.kernel("forever").send(rings.ping(7)));
            Rings.until(() -> graph.kernel("forever").metrics().processed() > 100);
            await(graph.kernel("forever").terminate());
            assertThat(rings.runtime.kernels()).containsExactly(KernelId.of("b"));
            awaitLetters(rings, 1);
            assertThat(rings.deadLetters).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.TERMINATED);
                assertThat(letter.message().decode(Rings.PING).sequence()).isEqualTo(7);
            });
            await(graph.kernel("b").send(rings.ping(8)));
            assertThat(Rings.sequences(graph.kernel("b"), 1)).containsExactly(8);
        }
    }

    @Test
    void aKernelThatTakesTheIdOfATerminatedMemberGetsItsMessagesFromTheHost(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var graph = relay(rings, active().build());
            await(graph.kernel("b").terminate());
            await(graph.kernel("a").send(rings.ping(1)));
            awaitLetters(rings, 1);
            assertThat(rings.deadLetters.element().reason()).isEqualTo(DeadLetter.Reason.UNDELIVERABLE);
            var successor = await(rings.runtime.launch("b", active().build(), TO_HOST));
            await(graph.kernel("a").send(rings.ping(2)));
            assertThat(Rings.sequences(successor, 1)).containsExactly(2);
        }
    }

    @Test
    void aFullQueueOfTheHostRefuses(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var options = active().inputCapacity(2).build();
            var kernel = await(
                            rings.runtime.graph().kernel("b", options, TO_HOST).launch())
                    .kernel("b");
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(1)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                await(kernel.sendAll(List.of(rings.ping(2), rings.ping(3))));
                assertThat(failureOf(kernel.send(rings.ping(4)))).isInstanceOf(RingKernelException.QueueFull.class);
            }
            assertThat(Rings.sequences(kernel, 3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aMemberWhoseRepliesNobodyReceivesStopsAndLosesNothing(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var graph = relay(rings, active().outputCapacity(4).build());
            await(graph.kernel("a")
                    .sendAll(IntStream.range(0, 10).mapToObj(rings::ping).toList()));
            Rings.until(() -> graph.kernel("a").metrics().processed() == 10);
            Rings.until(() -> graph.kernel("b").status().received() == 4);
            assertThat(graph.kernel("b").status().queued()).isEqualTo(6);
            assertThat(Rings.sequences(graph.kernel("b"), 10))
                    .isEqualTo(IntStream.range(0, 10).boxed().toList());
            assertThat(rings.deadLetters).isEmpty();
        }
    }

    @Test
    void aFailedCommandBufferFailsTheGraphAndNobodyElse(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var graph = relay(rings, active().build());
            var other = await(rings.runtime.launch("other", active().build()));
            software.faults(0).failNextCommandBuffer("MTLCommandBufferErrorDomain", 2, "Caused GPU Timeout Error");
            var call = graph.kernel("a").call(rings.ping(1), LONG);
            assertThat(failureOf(call)).isInstanceOfSatisfying(CommandFailedException.class, failure -> {
                assertThat(failure.error().domain()).isEqualTo("MTLCommandBufferErrorDomain");
                assertThat(failure.error().code()).isEqualTo(2);
            });
            for (var kernel : List.of("a", "b")) {
                assertThat(graph.kernel(kernel).status().state()).isEqualTo(KernelState.FAILED);
                assertThat(failureOf(graph.kernel(kernel).send(rings.ping(2))))
                        .isInstanceOf(RingKernelException.KernelFailed.class)
                        .hasMessageContaining("Caused GPU Timeout Error");
            }
            await(other.call(rings.ping(3), LONG));
            await(graph.terminate());
            relay(rings, active().build());
        }
    }

    @Test
    void whatGoesRoundWhenACommandBufferFailsIsReported(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var graph = await(rings.runtime
                    .graph()
                    .kernel("forever", active().build(), FOREVER)
                    .route("forever", "forever")
                    .launch());
            await(graph.kernel("forever").send(rings.ping(7)));
            Rings.until(() -> graph.kernel("forever").metrics().processed() > 100);
            software.faults(0).failNextCommandBuffer("MTLCommandBufferErrorDomain", 1, "injected");
            awaitLetters(rings, 1);
            assertThat(rings.deadLetters).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.COMMAND_FAILED);
                assertThat(letter.message().decode(Rings.PING).sequence()).isEqualTo(7);
            });
        }
    }

    @Test
    void closingTheRuntimeEndsACycle(MetalDevice device) {
        var rings = new Rings(device);
        var graph = await(rings.runtime
                .graph()
                .kernel("forever", active().build(), FOREVER)
                .route("forever", "forever")
                .launch());
        await(graph.kernel("forever").send(rings.ping(1)));
        rings.close();
        awaitLetters(rings, 1);
        assertThat(graph.kernel("forever").status().state()).isEqualTo(KernelState.TERMINATED);
        assertThat(failureOf(graph.kernel("forever").send(rings.ping(2))))
                .isInstanceOf(RingKernelException.KernelTerminated.class);
    }
}
