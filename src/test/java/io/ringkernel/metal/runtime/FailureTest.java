package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.CommandFailedException;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.wire.MessageEnvelope;
import java.time.Duration;
import java.util.List;
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
            var riding = List.of(rings.ping(1), rings.ping(2));
            software.faults(0).failNextCommandBuffer(DOMAIN, 3, "page fault");
            await(kernel.send(riding.get(0)));
            var call = kernel.call(riding.get(1), LONG);
            var failure = (CommandFailedException) failureOf(call);
            assertThat(failure.error().domain()).isEqualTo(DOMAIN);
            assertThat(failure.error().code()).isEqualTo(3);
            assertThat(failure.error().description()).contains("page fault");
            assertThat(failure.queueLabel()).isEqualTo("ring kernels");
            assertThat(failure.bufferLabel()).isEqualTo("k");
            assertThat(failure.messageIds())
                    .isEqualTo(riding.stream()
                            .map(m -> m.header().messageId().value())
                            .toList());
            Rings.until(() -> !rings.deadLetters.isEmpty());
            assertThat(rings.deadLetters).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.COMMAND_FAILED);
                assertThat(letter.message()).isSameAs(riding.getFirst());
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
            try (var hold = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(0)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                await(kernel.send(rings.ping(1)));
                queued = kernel.call(rings.ping(2), LONG);
                assertThat(hold).isNotNull();
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
    void aFarewellThatFailsEndsTheKernelAllTheSame(MetalDevice device, SoftwareMetal software) {
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
}
