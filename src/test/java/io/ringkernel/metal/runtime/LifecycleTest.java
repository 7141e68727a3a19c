package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.software.SoftwareMetal;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Activation, deactivation and termination, with and without work in flight. */
@ExtendWith(TestDevice.class)
final class LifecycleTest {
    @Test
    void aKernelAcceptsMessagesOnlyWhileItIsActive(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = await(rings.runtime.launch("k", LaunchOptions.defaults()));
            assertThat(failureOf(kernel.send(rings.ping(1))))
                    .isInstanceOf(RingKernelException.KernelNotActive.class)
                    .hasMessage("kernel 'k' is not ACTIVE: LAUNCHED");
            await(kernel.activate());
            await(kernel.call(rings.ping(2), LONG));
            await(kernel.deactivate());
            assertThat(failureOf(kernel.call(rings.ping(3), LONG)))
                    .isInstanceOf(RingKernelException.KernelNotActive.class)
                    .hasMessage("kernel 'k' is not ACTIVE: DEACTIVATED");
            await(kernel.resume());
            await(kernel.call(rings.ping(4), LONG));
            await(kernel.suspend());
            await(kernel.activate());
            await(kernel.call(rings.ping(5), LONG));
        }
    }

    @Test
    void everyIllegalRequestFailsAndChangesNothing(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = await(rings.runtime.launch("k", LaunchOptions.defaults()));
            assertThat(failureOf(kernel.deactivate())).hasMessage("kernel 'k' cannot go from LAUNCHED to DEACTIVATED");
            assertThat(failureOf(kernel.resume())).hasMessage("kernel 'k' cannot go from LAUNCHED to ACTIVE");
            await(kernel.activate());
            assertThat(failureOf(kernel.activate())).hasMessage("kernel 'k' cannot go from ACTIVE to ACTIVE");
            assertThat(failureOf(kernel.resume())).hasMessage("kernel 'k' cannot go from ACTIVE to ACTIVE");
            await(kernel.call(rings.ping(1), LONG));
            await(kernel.deactivate());
            assertThat(failureOf(kernel.suspend())).hasMessage("kernel 'k' cannot go from DEACTIVATED to DEACTIVATED");
            await(kernel.terminate());
            await(kernel.terminate());
            assertThat(failureOf(kernel.activate())).hasMessage("kernel 'k' cannot go from TERMINATED to ACTIVE");
            assertThat(failureOf(kernel.send(rings.ping(2)))).isInstanceOf(RingKernelException.KernelTerminated.class);
        }
    }

    @Test
    void deactivationWaitsForWorkInFlightAndKeepsWhatIsQueued(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            CompletableFuture<Void> deactivated;
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(0)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                await(kernel.send(rings.ping(1)));
                await(kernel.send(rings.ping(2)));
                deactivated = kernel.deactivate();
                assertThat(deactivated).isNotDone();
                assertThat(kernel.status().queued()).isEqualTo(2);
            }
            await(deactivated);
            assertThat(kernel.status().inFlight()).isZero();
            assertThat(Rings.sequences(kernel, 1)).containsExactly(0);
            assertThat(kernel.tryReceive()).isEmpty();
            await(kernel.activate());
            assertThat(Rings.sequences(kernel, 2)).containsExactly(1, 2);
        }
    }

    @Test
    void activationWhileTheLastBatchIsStillInFlightLosesNothing(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            CompletableFuture<Void> deactivated;
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(0)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                deactivated = kernel.deactivate();
                await(kernel.activate());
                await(kernel.send(rings.ping(1)));
            }
            await(deactivated);
            assertThat(Rings.sequences(kernel, 2)).containsExactly(0, 1);
        }
    }

    @Test
    void terminationAnswersWhatIsQueuedAndKeepsRepliesForReceivers(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            CompletableFuture<Void> terminated;
            CompletableFuture<?> call;
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(0)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                await(kernel.send(rings.ping(1)));
                call = kernel.call(rings.ping(2), LONG);
                terminated = kernel.terminate();
                assertThat(terminated).isNotDone();
            }
            await(terminated);
            await(kernel.awaitTermination());
            assertThat(failureOf(call)).isInstanceOf(RingKernelException.KernelTerminated.class);
            Rings.until(() -> !rings.deadLetters.isEmpty());
            var letter = rings.deadLetters.element();
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.TERMINATED);
            assertThat(letter.message().decode(Rings.PING).sequence()).isEqualTo(1);
            assertThat(Rings.sequences(kernel, 1)).containsExactly(0);
            assertThat(failureOf(kernel.receive())).isInstanceOf(RingKernelException.KernelTerminated.class);
            assertThat(kernel.metrics().gpuMemoryBytes()).isZero();
        }
    }

    @Test
    void terminationTellsWaitingReceiversAndSenders(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var options = Rings.counting().inputCapacity(1).patience(LONG).repliesPerMessage(0);
            var kernel = rings.launch(options, KernelSource.handler("void handle(thread RingContext& ring) {}"));
            var receiver = kernel.receive();
            CompletableFuture<Void> sender;
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(0)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                await(kernel.send(rings.ping(1)));
                sender = kernel.send(rings.ping(2));
                assertThat(sender).isNotDone();
                kernel.terminate();
                assertThat(failureOf(sender)).isInstanceOf(RingKernelException.KernelTerminated.class);
            }
            assertThat(failureOf(receiver)).isInstanceOf(RingKernelException.KernelTerminated.class);
        }
    }

    @Test
    void kernelsOfOneRuntimeWorkBesideEachOther(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernels = new ArrayList<KernelHandle>();
            for (int i = 0; i < 4; i++) {
                kernels.add(await(rings.runtime.launch("k" + i, Rings.counting().build(), Rings.COUNTING)));
            }
            for (int n = 0; n < 100; n++) {
                await(kernels.get(n % 4).send(rings.ping(n)));
            }
            for (int i = 0; i < 4; i++) {
                int first = i;
                assertThat(Rings.sequences(kernels.get(i), 25))
                        .containsExactlyElementsOf(IntStream.range(0, 25)
                                .mapToObj(k -> 4 * k + first)
                                .toList());
            }
            assertThat(rings.runtime.metrics().processed()).isEqualTo(100);
            assertThat(rings.runtime.metrics().kernels()).isEqualTo(4);
        }
    }
}
