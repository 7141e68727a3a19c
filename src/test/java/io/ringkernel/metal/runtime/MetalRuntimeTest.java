package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.BackendUnavailableException;
import io.ringkernel.metal.CompilationFailedException;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.OutOfMemoryException;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDevice.class)
final class MetalRuntimeTest {
    @Test
    void theExampleOfTheOriginalWorksLineByLine(MetalDevice device) {
        var handler = MslTemplates.ECHO_HANDLER;
        try (MetalRuntime runtime =
                MetalRuntime.builder().device(device).start().join()) {
            KernelHandle kernel = runtime.launch("compute", LaunchOptions.defaults(), KernelSource.handler(handler))
                    .join();
            kernel.activate().join();
            var header = MessageHeader.of(42, runtime.clock().tick());
            var envelope = MessageEnvelope.of(header, new byte[] {1, 2, 3});
            kernel.send(envelope).join();
            MessageEnvelope reply = kernel.receive(Duration.ofSeconds(10)).join();
            MessageEnvelope answer =
                    kernel.call(envelope, Duration.ofSeconds(10)).join();
            kernel.terminate().join();

            assertThat(reply.payloadBytes()).containsExactly(1, 2, 3);
            assertThat(reply.header().messageType()).isEqualTo(42);
            assertThat(reply.header().correlationId().value())
                    .isEqualTo(header.messageId().value());
            assertThat(reply.header().sourceKernel())
                    .isEqualTo(KernelId.of("compute").number());
            assertThat(reply.header().timestamp()).isGreaterThan(header.timestamp());
            assertThat(MessageEnvelope.fromBytes(reply.toBytes()).payloadBytes())
                    .containsExactly(1, 2, 3);
            assertThat(answer.payloadBytes()).containsExactly(1, 2, 3);
            assertThat(kernel.status().state()).isEqualTo(KernelState.TERMINATED);
        }
    }

    @Test
    void withoutMetalARuntimeIsRefusedWithTheReason() {
        Assumptions.assumeFalse(MetalDevice.isAvailable(), "there is a Metal device");
        var start = MetalRuntime.create();
        assertThat(start.exceptionNow())
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("MetalDevice.software()");
        assertThatThrownBy(start::join)
                .hasMessageContaining(start.exceptionNow().getMessage());
    }

    @Test
    void aLaunchWithoutASourceEchoes(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var options = LaunchOptions.builder().activateAtOnce().build();
            var kernel = await(rings.runtime.launch("echo", options));
            var message = rings.ping(5);
            assertThat(await(kernel.call(message, LONG)).payloadBytes()).isEqualTo(message.payloadBytes());
        }
    }

    @Test
    void anIdIsFreeAgainAfterTermination(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var first = await(rings.runtime.launch("id", LaunchOptions.defaults()));
            assertThat(failureOf(rings.runtime.launch("id", LaunchOptions.defaults())))
                    .isInstanceOf(RingKernelException.KernelIdTaken.class)
                    .hasMessage("kernel id is taken: 'id'");
            assertThat(rings.runtime.kernel("id")).containsSame(first);
            assertThat(rings.runtime.kernels()).containsExactly(KernelId.of("id"));
            await(first.terminate());
            assertThat(rings.runtime.kernel("id")).isEmpty();
            await(rings.runtime.launch("id", LaunchOptions.defaults()));
        }
    }

    @Test
    void theHostsIdIsRefusedAtTheCall(MetalDevice device) {
        try (var rings = new Rings(device)) {
            assertThatThrownBy(() -> rings.runtime.launch("host", LaunchOptions.defaults()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("id is the host's: host");
        }
    }

    @Test
    void aDiagnosticNamesTheLineOfTheHandlersText(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var failure = failureOf(rings.runtime.launch("bad", LaunchOptions.defaults(), KernelSource.handler("""
                    void handle(thread RingContext& ring) {
                        undeclared = 1;
                    }
                    """)));
            assertThat(failure).isInstanceOf(CompilationFailedException.class);
            var diagnostics = ((CompilationFailedException) failure).diagnostics();
            assertThat(diagnostics.getFirst().line()).isEqualTo(2);
            assertThat(diagnostics.getFirst().message()).contains("undeclared");
            assertThat(rings.runtime.kernel("bad")).isEmpty();
        }
    }

    @Test
    void sizesThatTheDeviceDoesNotAllowFailTheLaunch(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var options = LaunchOptions.builder().blockSize(1025).build();
            assertThat(failureOf(rings.runtime.launch("k", options)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("blockSize not in 1..1024 threads for this kernel: 1025");
        }
    }

    @Test
    void aLaunchWithoutMemoryFailsAndLeavesNothingBehind(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            for (int allocated = 0; allocated < 5; allocated++) {
                software.faults(0).failNextAllocations(1);
                assertThat(failureOf(rings.runtime.launch("k", LaunchOptions.defaults())))
                        .isInstanceOf(OutOfMemoryException.class);
            }
            assertThat(rings.runtime.kernels()).isEmpty();
            await(rings.runtime.launch("k", LaunchOptions.defaults()));
        }
    }

    @Test
    void shutdownTerminatesEveryKernelAndRefusesLaunches(MetalDevice device) {
        var rings = new Rings(device);
        var kernel = await(rings.runtime.launch("k", LaunchOptions.defaults()));
        await(rings.runtime.shutdown());
        await(rings.runtime.shutdown());
        assertThat(kernel.status().state()).isEqualTo(KernelState.TERMINATED);
        assertThat(failureOf(rings.runtime.launch("l", LaunchOptions.defaults())))
                .isInstanceOf(RingKernelException.RuntimeClosed.class);
    }

    @Test
    void shutdownDuringALaunchWaitsForIt(MetalDevice device) {
        var rings = new Rings(device);
        var launch = rings.runtime.launch("k", LaunchOptions.defaults());
        await(rings.runtime.shutdown());
        assertThat(await(launch).status().state()).isEqualTo(KernelState.TERMINATED);
    }

    @Test
    void bothADeviceAndSoftwareAreOneChoiceTooMany(MetalDevice device) {
        var builder = MetalRuntime.builder().device(device).software();
        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("both a device and the software device were chosen");
    }
}
