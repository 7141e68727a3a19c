package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.CommandFailedException;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalEncoderInfo.State;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.software.gpu.Faults;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Command buffers that fail. */
@ExtendWith(TestDevice.class)
final class FailureTest {
    private static final String DOMAIN = "MTLCommandBufferErrorDomain";

    @Test
    void aFailedCommandBufferFailsExactlyItsMessagesWithTheirIds(MetalDevice device, SoftwareMetal software) {
        var policy =
                DispatchPolicy.defaults().withLinger(Duration.ofMillis(300)).withMaxBatch(2);
        try (var rings = new Rings(MetalRuntime.builder().device(device).dispatchPolicy(policy))) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            await(kernel.send(rings.ping(0)));
            Rings.until(() -> kernel.status().received() == 1);
            var together = List.of(rings.ping(1), rings.ping(2));
            software.faults(0).failNextCommandBuffer(DOMAIN, 3, "page fault");
            await(kernel.send(together.get(0)));
            var call = kernel.call(together.get(1), LONG);
            var failure = (CommandFailedException) failureOf(call);
            assertThat(failure.error().domain()).isEqualTo(DOMAIN);
            assertThat(failure.error().code()).isEqualTo(3);
            assertThat(failure.error().description()).contains("page fault");
            assertThat(failure.queueLabel()).isEqualTo("ring kernels");
            assertThat(failure.bufferLabel()).isEqualTo("k");
            assertThat(failure.messageIds())
                    .isEqualTo(together.stream()
                            .map(m -> m.header().messageId().value())
                            .toList());
            Rings.until(() -> !rings.deadLetters.isEmpty());
            assertThat(rings.deadLetters).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.COMMAND_FAILED);
                assertThat(letter.message()).isSameAs(together.getFirst());
                assertThat(letter.cause()).containsInstanceOf(CommandFailedException.class);
            });
            assertThat(kernel.metrics().failed()).isEqualTo(2);
            assertThat(Rings.sequences(kernel, 1)).containsExactly(0);
        }
    }

    @Test
    void whatIsQueuedWhenAKernelFailsIsReportedAtOnce(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            CompletableFuture<MessageEnvelope> queued;
            software.faults(0).failNextCommandBuffer(DOMAIN, 3, "page fault");
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(0)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                await(kernel.send(rings.ping(1)));
                queued = kernel.call(rings.ping(2), LONG);
            }
            assertThat(failureOf(queued))
                    .isInstanceOf(RingKernelException.KernelFailed.class)
                    .hasCauseInstanceOf(CommandFailedException.class);
            Rings.until(() -> rings.deadLetters.size() == 2);
            assertThat(rings.deadLetters)
                    .extracting(DeadLetter::reason)
                    .containsExactlyInAnyOrder(DeadLetter.Reason.COMMAND_FAILED, DeadLetter.Reason.KERNEL_FAILED);
        }
    }

    @Test
    void aFailureIsStickyUntilTerminationAndOtherKernelsGoOn(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var other = await(rings.runtime.launch("other", Rings.counting().build(), Rings.COUNTING));
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            var receiver = kernel.receive();
            software.faults(0).failNextCommandBuffer(DOMAIN, 2, "timeout");
            var cause = failureOf(kernel.call(rings.ping(0), LONG));
            assertThat(kernel.status().state()).isEqualTo(KernelState.FAILED);
            assertThat(kernel.status().failure()).containsSame(cause);
            assertThat(failureOf(receiver)).isInstanceOf(RingKernelException.KernelFailed.class);
            assertThat(failureOf(kernel.receive())).isInstanceOf(RingKernelException.KernelFailed.class);
            assertThat(failureOf(kernel.send(rings.ping(1))))
                    .isInstanceOf(RingKernelException.KernelFailed.class)
                    .hasCause(cause);
            assertThat(failureOf(kernel.activate())).hasMessage("kernel 'k' cannot go from FAILED to ACTIVE");
            await(other.call(rings.ping(2), LONG));
            await(kernel.terminate());
            var again = rings.launch(Rings.counting(), Rings.COUNTING);
            await(again.call(rings.ping(3), LONG));
        }
    }

    @Test
    void aKernelEndsOnADeviceThatWasUnplugged(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            software.faults(0).removeDevice();
            assertThat(failureOf(kernel.call(rings.ping(0), LONG))).isInstanceOf(CommandFailedException.class);
            await(kernel.terminate());
        }
    }

    @Test
    void aTerminationThatFailsEndsTheKernelAllTheSame(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            software.faults(0).failNextCommandBuffer(DOMAIN, 1, "internal");
            await(kernel.terminate());
            assertThat(kernel.status().state()).isEqualTo(KernelState.TERMINATED);
        }
    }

    @Test
    @TestDevice.TimeLimit(millis = 200)
    void aHandlerThatDoesNotEndFailsItsCallWithTheTimeLimitAndOtherKernelsGoOn(
            MetalDevice device, SoftwareMetal software) {
        var endless = """
                void handle(thread RingContext& ring) {
                    device atomic_int* number = (device atomic_int*)ring.state;
                    while (atomic_load_explicit(number, memory_order_relaxed) >= 0) {
                        atomic_fetch_and_explicit(number, 0, memory_order_relaxed);
                    }
                }
                """;
        try (var rings = new Rings(device)) {
            var other = await(rings.runtime.launch("other", Rings.counting().build(), Rings.COUNTING));
            var kernel = rings.launch("k", Rings.counting(), endless);
            var request = rings.ping(0);
            var call = kernel.call(request, LONG);
            Rings.until(() -> kernel.status().inFlight() == 1);
            var meanwhile = other.call(rings.ping(1), LONG);
            var failure = (CommandFailedException) failureOf(call);
            assertThat(failure.error().domain()).isEqualTo(DOMAIN);
            assertThat(failure.error().code()).isEqualTo(Mtl.MTLCommandBufferErrorTimeout());
            assertThat(failure.messageIds())
                    .containsExactly(request.header().messageId().value());
            assertThat(kernel.status().state()).isEqualTo(KernelState.FAILED);
            await(meanwhile);
            await(other.call(rings.ping(2), LONG));
            await(kernel.terminate());
        }
    }

    @Test
    void whateverFailsUnderLoadEachMessageIsHandledOnceOrReportedOnce(MetalDevice device, SoftwareMetal software) {
        for (long seed = 1; seed <= 4; seed++) {
            try (var rings = new Rings(Rings.oneAtATime(device))) {
                checkLoad(rings, software, new Random(seed));
            }
        }
    }

    private static void checkLoad(Rings rings, SoftwareMetal software, Random random) {
        int messages = 150;
        var kernels = new ArrayList<KernelHandle>();
        for (int i = 0; i < 4; i++) {
            kernels.add(rings.launch("k" + i, i % 2 == 0 ? Rings.counting() : Rings.parallel(), Rings.STATELESS));
        }
        var accepted = new ArrayList<List<Integer>>();
        kernels.forEach(_ -> accepted.add(new ArrayList<>()));
        for (int m = 0; m < messages; m++) {
            if (random.nextInt(5) == 0) {
                software.faults(0).failNextCommandBuffer(randomFault(random));
            }
            for (int k = 0; k < kernels.size(); k++) {
                if (isAccepted(kernels.get(k).send(rings.ping(k, m, Priority.NORMAL)))) {
                    accepted.get(k).add(m);
                }
            }
        }
        for (int k = 0; k < kernels.size(); k++) {
            checkAccounts(rings, kernels.get(k), k, accepted.get(k));
        }
    }

    private static Faults.CommandBufferFault randomFault(Random random) {
        var states = random.ints(4, 0, 50)
                .mapToObj(i -> i == 49 ? State.FAULTED : State.values()[i % 4])
                .toList();
        return random.nextBoolean()
                ? Rings.fault(1, Rings.VICTIM, states)
                : Rings.fault(random.nextInt(1, 5), "fault", states);
    }

    private static boolean isAccepted(CompletableFuture<Void> sent) {
        return !sent.handle((_, failure) -> failure != null).join();
    }

    private static void checkAccounts(Rings rings, KernelHandle kernel, int number, List<Integer> accepted) {
        var received = new ArrayList<Integer>();
        Rings.until(() -> {
            kernel.tryReceive()
                    .ifPresent(reply -> received.add(reply.decode(Rings.PONG).sequence()));
            return received.size() + reported(rings, number).size() >= accepted.size();
        });
        assertThat(received).isSorted();
        received.addAll(reported(rings, number));
        assertThat(received).containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(kernel.tryReceive()).isEmpty();
    }

    private static List<Integer> reported(Rings rings, int sender) {
        return rings.deadLetters.stream()
                .map(letter -> letter.message().decode(Rings.PING))
                .filter(ping -> ping.sender() == sender)
                .map(Rings.Ping::sequence)
                .toList();
    }
}
